//! The checklist of the terminal: the verdict and what decides it, then what to do, by whom.
//!
//! A section that has nothing to say is not there, so a ready project's checklist is short.

mod counts;
mod fix;
mod head;
mod open;

pub(super) use counts::{known_by, row as step_row};
pub(super) use head::{
    deciding, not_covered, providers, purpose, read as settings_from, rules, sent,
    subject as project, word,
};

use super::sheet::Sheet;
use super::style::Style;
use crate::run::{Run, VerdictWord};

/// Writes the checklist.
pub(super) fn render(run: &Run, style: &Style) -> String {
    let mut sheet = Sheet::default();
    head::add(run, style, &mut sheet);
    sheet.gap();
    head::add_verdict(run, style, &mut sheet);
    if is_ready(run) {
        counts::add_basis(run, &mut sheet);
        counts::add_said(run, &mut sheet);
    }
    fix::add(run, &mut sheet);
    open::add(run, &mut sheet);
    if !is_ready(run) {
        counts::add_steps(run, &mut sheet);
        sheet.gap();
        counts::add_basis(run, &mut sheet);
        counts::add_said(run, &mut sheet);
    }
    counts::add_aside(run, &mut sheet);
    counts::add_next(run, style, &mut sheet);
    sheet.render(style)
}

/// Whether the gate is passed.
pub(super) fn is_ready(run: &Run) -> bool {
    match run.verdict.word {
        VerdictWord::Go | VerdictWord::Pass => true,
        VerdictWord::NoGo
        | VerdictWord::Fail
        | VerdictWord::Undetermined
        | VerdictWord::Undecided => false,
    }
}
