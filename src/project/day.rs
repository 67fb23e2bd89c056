//! Days as people write them: `2026-12-31`, in UTC, the last one included.

use std::ops::Range;

use jiff::civil::Date;

/// What is wrong with a day, and which bytes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongDay {
    /// What is wrong.
    pub message: String,
    /// Where in the text.
    pub at: Range<usize>,
}

/// What a day is written like.
pub const DAY_HELP: &str = "write it as 2026-12-31";

/// The day that a text says.
///
/// # Errors
/// Where it is not written as year, month and day, or there is no such day.
pub fn day_of(text: &str) -> Result<Date, WrongDay> {
    let wrong = |message: &str, at: Range<usize>| Err(WrongDay { message: message.to_owned(), at });
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, length: usize| {
        let digits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        if digits { part.parse::<i16>().ok() } else { None }
    };
    let [year, month, day] = parts.as_slice() else {
        return wrong("not a day", 0..text.len());
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return wrong("not a day", 0..text.len());
    };
    let (month, day) = (i8::try_from(month).unwrap_or(0), i8::try_from(day).unwrap_or(0));
    let Ok(first) = Date::new(year, month, 1) else {
        return wrong(&format!("there is no month {month:02}"), 5..7);
    };
    Date::new(year, month, day).or_else(|_| {
        let longest = first.days_in_month();
        let month = first.strftime("%B %Y");
        wrong(&format!("{month} has no day {day:02}: it has {longest}"), 8..10)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_day_says_which_part_is_wrong() {
        assert_eq!(day_of("2028-02-29").unwrap(), jiff::civil::date(2028, 2, 29));
        let wrong = |text: &str| day_of(text).map_err(|one| (one.message, one.at)).unwrap_err();
        assert_eq!(wrong("2026-13-01"), ("there is no month 13".to_owned(), 5..7));
        let message = "February 2026 has no day 30: it has 28".to_owned();
        assert_eq!(wrong("2026-02-30"), (message, 8..10));
        for text in ["31.12.2026", "2026-1-2", "2026-12-31T10:00", "tomorrow", "", "+026-01-01"] {
            assert_eq!(wrong(text), ("not a day".to_owned(), 0..text.len()), "{text}");
        }
    }
}
