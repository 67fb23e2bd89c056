//! From which day and until which an answer holds.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::ConfirmArguments;
use crate::cli::exit::Finished;
use crate::cli::packs::mistaken;
use crate::cli::world::World;
use crate::pack::{Check, Confirm};
use crate::project::{DAY_HELP, day_of};
use crate::source::{Diagnostic, SourceText, Span};

/// The days of an answer, both included, in UTC.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    /// The day it was said.
    pub(super) date: Date,
    /// The last day it holds.
    pub(super) until: Date,
}

impl Days {
    /// From today for as long as a check allows.
    pub(super) fn from_today(world: &World<'_>, confirm: &Confirm) -> Self {
        let date = today(world);
        Self { date, until: longest(date, confirm) }
    }

    /// As the arguments say.
    ///
    /// # Errors
    /// What to print where they say no day, or one that cannot be.
    pub(super) fn read(
        world: &World<'_>,
        arguments: &ConfirmArguments,
        (check, confirm): (&Check, &Confirm),
    ) -> Result<Self, Finished> {
        let today = today(world);
        let written = |flag: &str, text: &Option<String>| {
            text.as_ref().map(|text| day(world, flag, text)).transpose()
        };
        let date = written("--date", &arguments.date)?.unwrap_or(today);
        let refuse = |flag: &str, text: &Option<String>, why: String| {
            let text = text.as_deref().unwrap_or_default();
            Err(wrong(world, (flag, text), Span::new(0, text.len()), (&why, "")))
        };
        if date > today {
            let why = format!("it is after today, {today} in UTC: nobody has said it yet");
            return refuse("--date", &arguments.date, why);
        }
        let longest = longest(date, confirm);
        let until = written("--until", &arguments.until)?.unwrap_or(longest);
        if until < today {
            let (flag, text) = match arguments.until {
                Some(_) => ("--until", &arguments.until),
                None => ("--date", &arguments.date),
            };
            let why =
                format!("it would hold until {until}, which is past: today is {today} in UTC");
            return refuse(flag, text, why);
        }
        if until > longest {
            let (id, days) = (&check.id, confirm.valid_days);
            let why = format!("{id} holds for {days} days at most: until {longest}");
            return refuse("--until", &arguments.until, why);
        }
        Ok(Self { date, until })
    }
}

fn today(world: &World<'_>) -> Date {
    world.clock.to_zoned(TimeZone::UTC).date()
}

fn longest(date: Date, confirm: &Confirm) -> Date {
    let days = jiff::Span::new().days(i64::from(confirm.valid_days));
    date.checked_add(days).unwrap_or(Date::MAX)
}

/// The day that an argument says.
///
/// # Errors
/// What to print where it says none, with a caret at the part that is wrong.
pub(in crate::cli) fn day(world: &World<'_>, flag: &str, text: &str) -> Result<Date, Finished> {
    day_of(text).map_err(|fault| {
        let at = Span::new(fault.at.start, fault.at.end);
        wrong(world, (flag, text), at, (&fault.message, DAY_HELP))
    })
}

/// What to print of an argument that says something wrong at a place.
pub(in crate::cli) fn wrong(
    world: &World<'_>,
    (flag, text): (&str, &str),
    at: Span,
    (message, help): (&str, &str),
) -> Finished {
    let source = Arc::new(SourceText::new(flag, text));
    let mistake = Diagnostic::error(&source, at, message);
    let mistake = if help.is_empty() { mistake } else { mistake.with_help(help) };
    mistaken(world, &[mistake], None)
}
