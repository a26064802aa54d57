//! The newcomer says by which key it comes.

use wire::{ClientFrame, Refusal, RelayFrame, connect_input};

use super::{Newcomer, Phase, reading};
use crate::session::line::Line;
use crate::session::{Cx, StopReason};

/// Waits for `Connected`.
#[derive(Debug)]
pub(super) struct Greeting;

pub(super) fn begin(newcomer: &Newcomer, line: &mut Line, nonce: &[u8; 32], version: u8) -> Phase {
    let secrets = if newcomer.as_device { &newcomer.secrets } else { &newcomer.door.keys };
    let door = &newcomer.door;
    let input = connect_input(nonce, &door.space, &door.origin, &secrets.device());
    line.send(&ClientFrame::Connect {
        version,
        space: door.space,
        origin: door.origin.clone(),
        device: secrets.device(),
        as_invite: !newcomer.as_device,
        cursor: 0,
        log: None,
        signature: secrets.sign(&input),
    });
    Phase::Greeting(Greeting)
}

impl Greeting {
    pub(super) fn on(
        self,
        newcomer: &mut Newcomer,
        line: &mut Line,
        cx: &mut Cx<'_>,
        frame: RelayFrame,
    ) -> Phase {
        match frame {
            RelayFrame::Connected { head, .. } => {
                line.established(cx);
                newcomer.head = head;
                reading::begin(newcomer, line)
            }
            RelayFrame::Refused { reason, .. } => refused(newcomer, line, cx, reason),
            _ => newcomer.retry(line, cx),
        }
    }
}

fn refused(newcomer: &mut Newcomer, line: &mut Line, cx: &mut Cx<'_>, reason: Refusal) -> Phase {
    let reason = match reason {
        Refusal::RateLimited | Refusal::Unavailable => return newcomer.retry(line, cx),
        Refusal::VersionUnsupported => StopReason::Update,
        reason if !newcomer.as_device && newcomer.door.may_be_inside(reason) => {
            return newcomer.come_as_device(line, cx);
        }
        Refusal::NotActive if newcomer.as_device => newcomer.door.shut(),
        Refusal::NotActive => newcomer.door.refused(Refusal::InviteUnknown),
        reason => newcomer.door.refused(reason),
    };
    newcomer.stop(line, cx, reason)
}
