//! What people vouched for, by person: how much, since when, and until when.

use jiff::civil::Date;

use crate::run::{Basis, CheckRun, Result, Run, Said};

/// The statements of one person in one role, committed alike.
pub(super) struct Words<'r> {
    /// The first of them, which says who and in which role.
    pub(super) said: &'r Said,
    /// How many they are.
    pub(super) number: u64,
    /// The day of the oldest.
    pub(super) oldest: Date,
    /// The last day of the one that lapses first.
    pub(super) until: Date,
    /// The claim that lapses first.
    pub(super) first: &'r CheckRun,
}

/// By person, in the order of the checks: only what a passing check that is due rests on.
pub(super) fn by_person(run: &Run) -> Vec<Words<'_>> {
    let mut all: Vec<Words<'_>> = Vec::new();
    let rests = |check: &&CheckRun| {
        check.due && check.result == Result::Pass && check.basis == Some(Basis::Person)
    };
    for check in run.checks.iter().filter(rests) {
        let Some(said) = &check.said else { continue };
        match all.iter_mut().find(|words| same(words.said, said)) {
            Some(words) => {
                words.number += 1;
                words.oldest = words.oldest.min(said.on);
                if said.until < words.until {
                    (words.until, words.first) = (said.until, check);
                }
            }
            None => all.push(Words {
                said,
                number: 1,
                oldest: said.on,
                until: said.until,
                first: check,
            }),
        }
    }
    all
}

fn same(one: &Said, other: &Said) -> bool {
    (&one.by, &one.role, &one.committed) == (&other.by, &other.role, &other.committed)
}

/// The words of which one lapses before all others.
pub(super) fn first_to_lapse<'w, 'r>(all: &'w [Words<'r>]) -> Option<&'w Words<'r>> {
    all.iter().min_by_key(|words| words.until)
}
