//! The service worker: the app without a network, and updates on a click only.
//!
//! A new build installs itself beside the running one and waits. [`Update::Ready`] says so; [`apply`] lets it
//! take over, and then every tab hears [`Update::Replaced`] and reloads when it fits.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
};

use super::{js, log};

/// How often a tab that stays open looks for a new build: often enough to hear of it the same day.
const LOOK_EVERY_MS: u32 = 60 * 60 * 1000;

/// What happened to the build of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// All files are here: the app now starts without a network.
    Offline,
    /// A newer build waits for the person's click.
    Ready,
    /// The newer build has taken over (by a click here or in another tab): reload.
    Replaced,
}

/// The listeners that must live as long as the page.
#[derive(Default)]
struct Kept {
    /// The worker whose installing was watched last; two events announce the same one.
    watched: Option<ServiceWorker>,
    listeners: Vec<EventListener>,
    look: Option<Interval>,
}

/// Registers the worker and tells of updates for as long as the page lives. Without worker support nothing happens.
pub fn register(told: impl Fn(Update) + 'static) {
    spawn_local(async move {
        if let Err(error) = follow(Rc::new(told)).await {
            log::note(&format!("service worker: {}", js::describe(&error)));
        }
    });
}

async fn follow(told: Rc<dyn Fn(Update)>) -> Result<(), JsValue> {
    let Some(container) = container() else { return Ok(()) };
    let had_worker = container.controller().is_some();
    // `none`: an HTTP cache between us and the relay must never keep an old worker alive.
    let options = js::object(&[("updateViaCache", JsValue::from_str("none"))]);
    let Some(answer) =
        js::call(&container, "register", &[JsValue::from_str("/sw.js"), options.into()])
    else {
        return Ok(());
    };
    let registration: ServiceWorkerRegistration =
        JsFuture::from(js_sys::Promise::resolve(&answer?)).await?.dyn_into()?;

    let kept = Rc::new(RefCell::new(Kept::default()));
    if registration.waiting().is_some() && had_worker {
        told(Update::Ready);
    }
    if let Some(installing) = registration.installing() {
        watch_install(&kept, installing, &container, &told);
    }
    let found = {
        let (kept, container, told) = (Rc::downgrade(&kept), container.clone(), told.clone());
        let registration = registration.clone();
        EventListener::new(&registration.clone(), "updatefound", move |_| {
            if let (Some(kept), Some(worker)) = (kept.upgrade(), registration.installing()) {
                watch_install(&kept, worker, &container, &told);
            }
        })
    };
    let replaced = {
        let told = told.clone();
        EventListener::new(&container, "controllerchange", move |_| {
            // The first worker of a fresh page replaces nothing.
            if had_worker {
                told(Update::Replaced);
            }
        })
    };
    let look = Interval::new(LOOK_EVERY_MS, move || {
        if let Ok(promise) = registration.update() {
            spawn_local(async move {
                let _ = JsFuture::from(promise).await;
            });
        }
    });
    kept.borrow_mut().listeners.extend([found, replaced]);
    kept.borrow_mut().look = Some(look);
    // For the life of the page.
    std::mem::forget(kept);
    Ok(())
}

/// Tells when this worker has all its files.
fn watch_install(
    kept: &Rc<RefCell<Kept>>,
    worker: ServiceWorker,
    container: &ServiceWorkerContainer,
    told: &Rc<dyn Fn(Update)>,
) {
    if kept.borrow().watched.as_ref() == Some(&worker) {
        return;
    }
    let (container, told, watched) = (container.clone(), told.clone(), worker.clone());
    let listener = EventListener::new(&worker, "statechange", move |_| {
        match (watched.state(), container.controller().is_some()) {
            (ServiceWorkerState::Installed, true) => told(Update::Ready),
            (ServiceWorkerState::Activated, false) => told(Update::Offline),
            _ => {}
        }
    });
    let mut kept = kept.borrow_mut();
    kept.listeners.push(listener);
    kept.watched = Some(worker);
}

/// Lets the waiting build take over; call it from the person's click. [`Update::Replaced`] follows.
pub async fn apply() {
    let Some(container) = container() else { return };
    let Some(registration) = js::ask(&container, "getRegistration", &[]).await else { return };
    let Ok(registration) = registration.dyn_into::<ServiceWorkerRegistration>() else { return };
    if let Some(waiting) = registration.waiting() {
        let _ = waiting.post_message(&JsValue::from_str("update"));
    }
}

fn container() -> Option<ServiceWorkerContainer> {
    js::property(&js::navigator(), "serviceWorker")?.dyn_into().ok()
}
