//! The run's clock, going on from the moment that was handed in.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use rustls::pki_types::UnixTime;
use rustls::time_provider::TimeProvider;

/// A clock that was set once and goes on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    set_to: Timestamp,
    at: Instant,
}

impl Clock {
    /// Sets a clock.
    pub(super) fn new(set_to: Timestamp) -> Self {
        Self { set_to, at: Instant::now() }
    }

    /// Seconds since 1970; a time before that counts as zero.
    pub(super) fn seconds(&self) -> u64 {
        let set_to = u64::try_from(self.set_to.as_second()).unwrap_or(0);
        set_to.saturating_add(self.at.elapsed().as_secs())
    }
}

/// TLS judges certificates by this clock, so that a run whose clock is years ahead works too.
impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_secs(self.seconds())))
    }
}
