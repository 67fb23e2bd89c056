//! Entries of `golive.confirmations.yaml`.

use std::path::PathBuf;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};

use super::dates::Days;
use crate::cli::exit::Finished;
use crate::cli::opened::Opened;
use crate::cli::show::shown;
use crate::cli::world::World;
use crate::document::{AppendFault, append, put_above};
use crate::pack::{Check, Confirm};
use crate::project::{CONFIRMATIONS, Salt};
use crate::report::{CONFIRMATIONS_HEAD, Said, confirmation};
use crate::run::{View, Watch};
use crate::source::Foreign;

/// The list in the file.
const LIST: &str = "confirmations";

/// One answer.
pub(super) struct Answered<'a> {
    pub(super) check: &'a Check,
    pub(super) confirm: &'a Confirm,
    pub(super) yes: bool,
    pub(super) by: &'a str,
    pub(super) role: &'a str,
    pub(super) evidence: Option<&'a str>,
    pub(super) days: Days,
}

impl Answered<'_> {
    /// The answer in one line.
    pub(super) fn line(&self) -> String {
        let (by, role) = (Foreign::new(self.by), Foreign::new(self.role));
        let (id, until) = (&self.check.id, self.days.until);
        if self.yes {
            format!("{id}: yes by {by} ({role}), until {until} in UTC")
        } else {
            format!("{id}: no by {by} ({role}), until somebody says yes")
        }
    }
}

/// What is watched of an answer.
pub(super) struct Watched {
    watched: Vec<String>,
    open: Vec<String>,
}

impl Watched {
    /// What is watched and what is not, line by line.
    pub(super) fn lines(&self) -> String {
        let line = |word: &str, all: &[String]| match all {
            [] => String::new(),
            _ => format!("{word}{}\n", all.join(", ")),
        };
        line("watched: ", &self.watched) + &line("not watched: ", &self.open)
    }
}

/// What else is worth knowing after an answer was written.
pub(super) fn remarks(opened: &Opened, check: &Check) -> String {
    let pack = check.id.pack();
    let in_use = opened.view().in_use.iter().any(|known| known.id == pack);
    let commit = "Commit it: reports show who committed the entry beside the name in it\n";
    if in_use {
        return commit.to_owned();
    }
    format!("{pack} is not in use here, so nothing asks for it yet\n{commit}")
}

/// The file, and what is added to it.
pub(super) struct Entries<'a> {
    opened: &'a Opened,
    salt: Salt,
    path: PathBuf,
    text: String,
}

impl<'a> Entries<'a> {
    /// Opens the file of a project; a project without a salt gets one in the file.
    ///
    /// # Errors
    /// What to print where the file cannot be read or no salt can be drawn.
    pub(super) fn open(world: &World<'_>, opened: &'a Opened) -> Result<Self, Finished> {
        let tree = &opened.project.tree;
        let mut text = if tree.has(CONFIRMATIONS) {
            let read = tree.read(CONFIRMATIONS);
            read.map_err(|fault| cannot(&fault.to_string()))?.text().to_owned()
        } else {
            CONFIRMATIONS_HEAD.to_owned()
        };
        let known = opened.project.confirmations_salt.clone();
        let salt = match known {
            Some(salt) => salt,
            None => drawn(world, &mut text)?,
        };
        Ok(Self { opened, salt, path: tree.root().join(CONFIRMATIONS), text })
    }

    /// Adds an answer.
    ///
    /// # Errors
    /// What to print where the file's list is not written line by line.
    pub(super) fn add(&mut self, answered: &Answered<'_>) -> Result<Watched, Finished> {
        let (settings, told) = watched(&self.opened.view(), &self.salt, answered.confirm);
        let not_watched = told.iter().filter(|(_, watch)| matches!(watch, Watch::Not(_)));
        let said = Said {
            check: &answered.check.id,
            yes: answered.yes,
            by: answered.by,
            role: answered.role,
            date: answered.days.date,
            until: answered.days.until,
            evidence: answered.evidence,
            settings,
            not_watched: not_watched.map(|(label, _)| label.clone()).collect(),
        };
        self.text = append(&self.text, LIST, &confirmation(&said)).map_err(by_hand)?;
        let (mut watched, mut open) = (Vec::new(), Vec::new());
        for (label, watch) in told {
            match watch {
                Watch::Digest { at, .. } => watched.push(format!("{label} ({at})")),
                Watch::Not(why) => open.push(format!("{label} ({why})")),
            }
        }
        Ok(Watched { watched, open })
    }

    /// Writes the file.
    ///
    /// # Errors
    /// What to print where it cannot be written.
    pub(super) fn write(&self) -> Result<(), Finished> {
        std::fs::write(&self.path, &self.text)
            .map_err(|fault| cannot(&format!("not written ({})", fault.kind())))
    }
}

/// Draws a salt and writes it into the text.
fn drawn(world: &World<'_>, text: &mut String) -> Result<Salt, Finished> {
    let random = (world.given.random)()
        .ok_or_else(|| cannot("the system gives no random numbers, so there is no salt"))?;
    let drawn = BASE64_URL_SAFE_NO_PAD.encode(random.get(..24).unwrap_or_default());
    let line = format!("salt: {drawn} # keep it: under another one every entry lapses");
    *text = put_above(text, LIST, &line).map_err(by_hand)?;
    Salt::new(&drawn).map_err(|why| cannot(&why))
}

/// Digests by `ENVIRONMENT ROLE`, and what there is to tell of each.
type Told = (Vec<(String, String)>, Vec<(String, Watch)>);

/// What is watched of a statement: its digests, and what there is to tell of each covered setting.
pub(in crate::cli) fn watched(view: &View<'_>, salt: &Salt, confirm: &Confirm) -> Told {
    let told: Vec<(String, Watch)> = confirm
        .covers
        .iter()
        .map(|(environment, role)| {
            (format!("{environment} {role}"), view.watch_under(salt, (environment, role)))
        })
        .collect();
    let digests = told.iter().filter_map(|(label, watch)| match watch {
        Watch::Digest { digest, .. } => Some((label.clone(), digest.clone())),
        Watch::Not(_) => None,
    });
    (digests.collect(), told)
}

fn by_hand(fault: AppendFault) -> Finished {
    cannot(&format!("{fault}: write it so, and try again"))
}

fn cannot(why: &str) -> Finished {
    Finished::cannot(format!("error: {}: {why}", shown(std::path::Path::new(CONFIRMATIONS))))
}
