//! Points in time as a person reads them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// `Mon 23 Nov 2026 10:42 EAT (07:42Z)`; `Mon 23 Nov 2026 07:42 UTC` without a zone. The date of
/// UTC is added where it is another one.
pub(super) fn moment(at: Timestamp, zone: Option<&TimeZone>) -> String {
    let utc = at.to_zoned(TimeZone::UTC);
    let Some(local) = zone.map(|zone| at.to_zoned(zone.clone())) else {
        return utc.strftime("%a %-d %b %Y %H:%M UTC").to_string();
    };
    if local.datetime() == utc.datetime() {
        return utc.strftime("%a %-d %b %Y %H:%M UTC").to_string();
    }
    let beside = if local.date() == utc.date() { "%H:%MZ" } else { "%-d %b %H:%MZ" };
    format!("{} ({})", local.strftime("%a %-d %b %Y %H:%M %Z"), utc.strftime(beside))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_time_stands_before_utc() {
        let at: Timestamp = "2026-11-23T22:42:00Z".parse().unwrap();
        let nairobi = TimeZone::posix("EAT-3").unwrap();
        assert_eq!(moment(at, None), "Mon 23 Nov 2026 22:42 UTC");
        assert_eq!(moment(at, Some(&TimeZone::UTC)), "Mon 23 Nov 2026 22:42 UTC");
        assert_eq!(moment(at, Some(&nairobi)), "Tue 24 Nov 2026 01:42 EAT (23 Nov 22:42Z)");
        let morning: Timestamp = "2026-11-23T07:42:00Z".parse().unwrap();
        assert_eq!(moment(morning, Some(&nairobi)), "Mon 23 Nov 2026 10:42 EAT (07:42Z)");
    }
}
