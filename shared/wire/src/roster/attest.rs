//! Who may vouch for a snapshot.

use super::{Device, Roster};
use crate::limits::ATTEST_ALONE_AFTER;
use crate::{DeviceKey, Millis};

impl Roster {
    /// Whether the device `by` may vouch at `now` for what `made_by` appended at `made_at`, both by
    /// the relay's clock. Where the team has other members, one of theirs does; where the member is
    /// alone but has other devices, one of these; and a device that is all there is waits for
    /// [`ATTEST_ALONE_AFTER`].
    ///
    /// Relay and devices ask the same: rows are deleted on the word of an attestation.
    #[must_use]
    pub fn may_attest(
        &self,
        made_by: &DeviceKey,
        made_at: Millis,
        by: &DeviceKey,
        now: Millis,
    ) -> bool {
        let (Some(attester), Some(maker)) = (self.active(by), self.devices.get(made_by)) else {
            return false;
        };
        let of_others = |device: &Device| device.member != maker.member;
        if self.devices().any(|device| of_others(&device)) {
            return of_others(&attester);
        }
        if self.devices().any(|device| device.key != *made_by) {
            return by != made_by;
        }
        now.saturating_sub(made_at) >= ATTEST_ALONE_AFTER
    }
}
