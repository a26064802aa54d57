//! Tabs of one browser telling each other what they did.

use std::marker::PhantomData;

use js_sys::Uint8Array;
use minicbor::{Decode, Encode};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use super::log;

/// A channel of messages `M` to the other tabs that opened the same name; a tab does not hear itself.
///
/// Messages are CBOR. What another build of the app sends and this one cannot read is dropped: every message is a
/// hint to look at the storage again, never the only copy of anything.
#[derive(Debug)]
pub struct Broadcast<M> {
    /// `None` where the browser has no channels; then nobody hears and nobody speaks.
    channel: Option<BroadcastChannel>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _messages: PhantomData<M>,
}

impl<M> Broadcast<M>
where
    M: Encode<()> + for<'b> Decode<'b, ()> + 'static,
{
    /// Joins the channel; `heard` is called for each message of another tab.
    pub fn open(name: &str, heard: impl Fn(M) + 'static) -> Self {
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let Ok(bytes) = event.data().dyn_into::<Uint8Array>() else { return };
            match minicbor::decode::<M>(&bytes.to_vec()) {
                Ok(message) => heard(message),
                Err(_) => log::note("a message of another tab could not be read"),
            }
        });
        let channel = BroadcastChannel::new(name).ok();
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        }
        Self { channel, _on_message: on_message, _messages: PhantomData }
    }

    /// Tells the other tabs.
    pub fn tell(&self, message: &M) {
        let Some(channel) = &self.channel else { return };
        let Ok(bytes) = minicbor::to_vec(message) else { return };
        // It throws only on a closed channel, and ours is closed by drop alone.
        let _ = channel.post_message(&Uint8Array::from(bytes.as_slice()));
    }
}

impl<M> Drop for Broadcast<M> {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}
