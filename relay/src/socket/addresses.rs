//! How many sockets an address has, and how fast it opens more.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use wire::Millis;

use super::Shared;
use crate::limits::ADDRESS_AHEAD;
use crate::throttle::{self, Paces};

/// The addresses that have sockets open.
pub(super) struct Addresses {
    opens: Paces<IpAddr>,
    open: Mutex<HashMap<IpAddr, usize>>,
}

impl Default for Addresses {
    fn default() -> Self {
        Self { opens: Paces::new(ADDRESS_AHEAD), open: Mutex::default() }
    }
}

/// The right to one socket, until it is dropped.
pub(crate) struct Seat {
    shared: Arc<Shared>,
    address: Option<IpAddr>,
}

impl Addresses {
    /// A seat for a socket from that address; `None` if it has too many or opens them too fast.
    pub(super) fn admit(
        shared: &Arc<Shared>,
        address: Option<IpAddr>,
        now: Millis,
    ) -> Option<Seat> {
        let address = address.and_then(counted);
        if let Some(address) = address {
            let (addresses, limits) = (&shared.addresses, shared.terms.limits());
            let wait = addresses.opens.spend(address, throttle::each(limits.address_opens), now);
            let mut open = addresses.open.lock().unwrap_or_else(PoisonError::into_inner);
            let count = open.get(&address).copied().unwrap_or(0);
            if wait > Duration::ZERO || count as u64 >= limits.address_sockets {
                return None;
            }
            open.insert(address, count + 1);
        }
        Some(Seat { shared: shared.clone(), address })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Some(address) = self.address else { return };
        let mut open = self.shared.addresses.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                open.remove(&address);
            }
        }
    }
}

/// What counts as one address. A household has a whole IPv6 network; and behind a proxy on the
/// same machine everybody comes from the loopback address, which therefore says nothing: there the
/// proxy has to limit. (What a proxy says in a header is not asked, since anybody can write it.)
fn counted(address: IpAddr) -> Option<IpAddr> {
    match address.to_canonical() {
        address if address.is_loopback() => None,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Some(IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)))
        }
        address => Some(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_count_once_and_this_machine_not_at_all() {
        for (given, expected) in [
            ("127.0.0.1", None),
            ("::1", None),
            ("::ffff:127.0.0.1", None),
            ("192.0.2.7", Some("192.0.2.7")),
            ("::ffff:192.0.2.7", Some("192.0.2.7")),
            ("2001:db8:1:2:3:4:5:6", Some("2001:db8:1:2::")),
        ] {
            let expected = expected.map(|text| text.parse::<IpAddr>().unwrap());
            assert_eq!(counted(given.parse().unwrap()), expected, "{given}");
        }
    }
}
