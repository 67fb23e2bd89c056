//! `golive confirm`: writes down what a named person vouches for.

mod dates;
mod entry;
mod sitting;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::check::GateName;
use super::exit::{Exit, Finished};
use super::opened::Opened;
use super::world::World;
use crate::pack::{Check, Confirm, Library, Subject, Who};
use crate::project::CONFIRMATIONS;
use crate::source::{Foreign, nearest};
use dates::Days;
use entry::{Answered, Entries, remarks};

pub(super) use dates::{day, wrong};
pub(super) use entry::watched;

/// `golive confirm`.
#[derive(Debug, Args)]
#[command(
    override_usage = "golive confirm CHECK --by NAME --role ROLE --evidence URL [OPTIONS]\n       \
        golive confirm --open [--who WHO] [--by NAME --role ROLE]",
    after_help = "Adds an entry to golive.confirmations.yaml, with a salted digest of what tracked \
    files hold for each covered setting: when one changes, the entry lapses, on every machine. No \
    value is written. --open lists what waits for a person; at a terminal it asks for the answers one \
    by one.\n\nExit codes: 0 written or shown · 2 the tool could not work.\n\nExamples:\n  golive \
    confirm begini/launch-is-signed-off --by \"A. Lead\" --role operations --evidence \
    https://tickets.lender.co.ke/REL-88\n  golive confirm begini/launch-is-signed-off --by \"A. \
    Lead\" --role operations --no\n  golive confirm --open --who operations"
)]
pub struct ConfirmArguments {
    /// The check whose statement is answered.
    #[arg(required_unless_present = "open", conflicts_with = "open")]
    pub check: Option<String>,
    /// Who says so.
    #[arg(long, value_name = "NAME", required_unless_present = "open")]
    pub by: Option<String>,
    /// In which role.
    #[arg(long, value_name = "ROLE", required_unless_present = "open")]
    pub role: Option<String>,
    /// Where the proof is kept: a ticket, a page, a recording.
    #[arg(
        long,
        value_name = "URL",
        required_unless_present_any = ["open", "no"],
        conflicts_with = "open"
    )]
    pub evidence: Option<String>,
    /// The last day it holds; as long as the check allows, unless given.
    #[arg(long, value_name = "DATE", conflicts_with = "open")]
    pub until: Option<String>,
    /// The day it was said; today in UTC, unless given.
    #[arg(long, value_name = "DATE", conflicts_with = "open")]
    pub date: Option<String>,
    /// The statement is not true.
    #[arg(long, conflicts_with = "open")]
    pub no: bool,
    /// Show what waits for a person, and at a terminal ask for it.
    #[arg(long)]
    pub open: bool,
    /// Only what this one may say.
    #[arg(long, value_enum, requires = "open")]
    pub who: Option<WhoName>,
    /// What waits at this gate.
    #[arg(long, value_enum, default_value_t = GateName::Launch, requires = "open")]
    pub gate: GateName,
    /// The folder.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub project: PathBuf,
    /// Load the packs in this folder, besides the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub packs: Vec<PathBuf>,
    /// Plain lines, for screen readers.
    #[arg(long)]
    pub plain: bool,
}

/// Who may say something, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WhoName {
    /// Whoever changes the project.
    Engineer,
    /// Whoever may use the provider's dashboard.
    #[value(alias = "provider admin")]
    ProviderAdmin,
    /// Whoever answers for personal data.
    #[value(alias = "data protection")]
    DataProtection,
    /// Whoever runs it.
    Operations,
}

impl WhoName {
    fn who(self) -> Who {
        match self {
            Self::Engineer => Who::Engineer,
            Self::ProviderAdmin => Who::ProviderAdmin,
            Self::DataProtection => Who::DataProtection,
            Self::Operations => Who::Operations,
        }
    }
}

/// `golive confirm`.
pub(super) fn run(world: &World<'_>, arguments: &ConfirmArguments) -> Finished {
    let done = if arguments.open { sitting::run(world, arguments) } else { one(world, arguments) };
    done.unwrap_or_else(|finished| finished)
}

/// Writes one answer.
fn one(world: &World<'_>, arguments: &ConfirmArguments) -> Result<Finished, Finished> {
    let opened = Opened::new(world, &arguments.project, &arguments.packs)?;
    let id = arguments.check.as_deref().unwrap_or_default();
    let (check, confirm) = confirmable(&opened.library, id)?;
    let by = named("--by", arguments.by.as_deref())?;
    let role = named("--role", arguments.role.as_deref())?;
    let evidence = arguments.evidence.as_deref().map(address).transpose();
    let evidence = evidence.map_err(|why| Finished::cannot(format!("error: --evidence: {why}")))?;
    let days = Days::read(world, arguments, (check, confirm))?;
    let mut entries = Entries::open(world, &opened)?;
    let answered = Answered { check, confirm, yes: !arguments.no, by, role, evidence, days };
    let told = entries.add(&answered)?;
    entries.write()?;
    let output = format!("{} is written: {}\n{}", CONFIRMATIONS, answered.line(), told.lines());
    let errors = remarks(&opened, check);
    Ok(Finished { output, errors, exit: Exit::Ready })
}

/// The check of an id, with the statement that a person may make.
fn confirmable<'a>(library: &'a Library, id: &str) -> Result<(&'a Check, &'a Confirm), Finished> {
    let shown = Foreign::new(id);
    let own = |check: &'a Check| {
        let Subject::Confirm(confirm) = &check.subject else { return check.or_confirm.as_ref() };
        Some(confirm)
    };
    let Some(check) = library.checks.iter().find(|check| *check.id.0 == *id) else {
        let ids = library.checks.iter().filter(|check| own(check).is_some());
        let help = nearest(id, ids.map(|check| &*check.id.0)).map_or_else(
            || "`golive confirm --open` shows what waits for a person".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(Finished::cannot(format!("error: there is no check `{shown}`; {help}")));
    };
    let confirm = own(check).ok_or_else(|| {
        Finished::cannot(format!(
            "error: {shown} is no statement of a person: golive tells it itself; `golive confirm \
             --open` shows what waits for one"
        ))
    })?;
    Ok((check, confirm))
}

/// A name that says something.
fn named<'a>(flag: &str, text: Option<&'a str>) -> Result<&'a str, Finished> {
    let text = text.unwrap_or_default().trim();
    if text.is_empty() {
        return Err(Finished::cannot(format!("error: {flag} is empty: say who it is")));
    }
    Ok(text)
}

/// The address of a proof.
fn address(text: &str) -> Result<&str, String> {
    let url = url::Url::parse(text.trim()).ok();
    let url = url.filter(|url| url.has_host() && matches!(url.scheme(), "http" | "https"));
    match url {
        Some(url) if url.username().is_empty() && url.password().is_none() => Ok(text.trim()),
        Some(_) => {
            Err("the address holds a user or a password, which the file would keep".to_owned())
        }
        None => Err("write the address where the proof is kept, with https://".to_owned()),
    }
}
