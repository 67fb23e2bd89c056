//! A run as bytes, one file a format.
//!
//! Reports only write. They never judge and never decide an exit code: what a run came to stands in
//! [`Run`], and every format is a view of it. Text that is not ours is escaped once more here, so
//! that a name in a judged tree can neither move a cursor nor forge a line.

mod checklist;
mod columns;
mod confirmation;
mod diff;
mod environments;
mod explain;
mod facts;
mod from_top;
mod github;
mod gitlab;
mod html;
mod items;
mod json;
mod junit;
mod list;
mod manifest;
mod markdown;
mod plan;
mod progress;
mod read;
mod said;
mod sarif;
mod screen;
mod sheet;
mod spoken;
mod style;
mod verified;
mod waiver;
mod when;
mod wrap;
mod yaml;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use confirmation::{CONFIRMATIONS_HEAD, OpenStatement, Said, confirmation, open_statements};
pub use diff::diff;
pub use environments::environments;
pub use explain::explain;
pub use facts::facts;
pub use json::{compare_schema, diff_schema, environments_schema, schema};
pub use list::list;
pub use manifest::{InForce, manifest};
pub use plan::{plan, plan_in_short};
pub use progress::progress;
pub use read::{ReadBack, Unread, read};
pub use style::Style;
pub use verified::{Verified, verified};
pub use waiver::{Accepting, waiver};

use crate::run::Run;
use from_top::from_top;

/// The formats of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Format {
    /// The checklist of a terminal.
    #[default]
    Checklist,
    /// The whole run, as [`schema`] describes it.
    Json,
    /// A ticket or a build's summary: what is open first, no HTML, short enough for Jira.
    Markdown,
    /// One page for browsers and for paper, with the whole JSON in it.
    Html,
    /// SARIF 2.1.0, all of it: passes and accepted findings, too.
    Sarif,
    /// SARIF 2.1.0 of open findings alone: what GitHub's code scanning may be given.
    SarifOpen,
    /// JUnit XML: a suite a pack, a test case a check.
    Junit,
    /// Annotations for the log of GitHub Actions.
    Github,
    /// GitLab Code Quality.
    Gitlab,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 9] = [
        Self::Checklist,
        Self::Json,
        Self::Markdown,
        Self::Html,
        Self::Sarif,
        Self::SarifOpen,
        Self::Junit,
        Self::Github,
        Self::Gitlab,
    ];

    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Checklist => "checklist",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Sarif => "sarif",
            Self::SarifOpen => "sarif-open",
            Self::Junit => "junit",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
        }
    }
}

/// The shapes of what is told beside runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Shape {
    /// Tables of a terminal.
    #[default]
    Table,
    /// All of it as JSON.
    Json,
}

/// Writes a run, ending with a newline. The style only matters to the checklist.
pub fn render(run: &Run, format: Format, style: &Style) -> String {
    match format {
        Format::Checklist => checklist::render(run, style),
        Format::Json => json::render(run),
        Format::Markdown => markdown::render(run),
        Format::Html => html::render(run),
        Format::Sarif => sarif::render(&from_top(run), sarif::View::All),
        Format::SarifOpen => sarif::render(&from_top(run), sarif::View::Open),
        Format::Junit => junit::render(&from_top(run)),
        Format::Github => github::render(&from_top(run)),
        Format::Gitlab => gitlab::render(&from_top(run)),
    }
}
