//! `golive fingerprint`: what a value is known by, without the value.

use std::fmt::Write;

use super::arguments::FingerprintArguments;
use super::exit::{Exit, Finished};
use super::opened::Opened;
use super::resolve::known_role;
use super::world::World;
use crate::pack::{Class, RoleId};
use crate::project::{MANIFEST, Salt, class_of, is_guessable, is_placeholder};
use crate::source::Secret;

/// `golive fingerprint`.
pub(super) fn run(world: &World<'_>, arguments: &FingerprintArguments) -> Finished {
    told(world, arguments).unwrap_or_else(|finished| finished)
}

fn told(world: &World<'_>, arguments: &FingerprintArguments) -> Result<Finished, Finished> {
    if !arguments.value.is_empty() {
        return Err(Finished::cannot(
            "error: a value is never given as an argument, where the shell's history and lists of \
             processes keep it: it is asked for, or read from standard input",
        ));
    }
    let opened = Opened::new(world, &arguments.project, &arguments.packs)?;
    let role = known_role(&arguments.role, &opened.library)
        .map_err(|why| Finished::cannot(format!("error: {why}")))?;
    let salt = salt(&opened)?;
    let class = match &arguments.environment {
        Some(name) => Some(class(&opened, name)?),
        None => None,
    };
    let value = value(world, &role)?;
    refuse(&opened, &role, &value)?;
    let print = salt.fingerprint(&value);
    let mut errors = remarks(&opened, &role, &print, salt);
    let under = class.map_or_else(
        || "under `sandbox:` or `production:`".to_owned(),
        |class| format!("under `{}:`", class.as_str()),
    );
    let _ = writeln!(errors, "Paste it into {MANIFEST}, under `fingerprints:`, {under}");
    Ok(Finished { output: format!("    {role}: \"{print}\"\n"), errors, exit: Exit::Ready })
}

/// The salt of the project.
///
/// # Errors
/// What to print where it has none.
pub(super) fn salt(opened: &Opened) -> Result<&Salt, Finished> {
    opened.project.manifest.salt.as_ref().ok_or_else(|| {
        let how = if opened.project.manifest.source.is_some() {
            "`golive init --print` shows one to copy"
        } else {
            "`golive init` writes one"
        };
        Finished::cannot(format!("error: {MANIFEST} has no salt (fingerprints.salt): {how}"))
    })
}

/// The class of an environment: the project's, or what its name tells.
///
/// # Errors
/// What to print where nothing tells it.
pub(super) fn class(opened: &Opened, name: &str) -> Result<Class, Finished> {
    let environments = &opened.project.environments;
    let known = environments.iter().find(|known| known.name == name).map(|known| known.class);
    known.or_else(|| class_of(name)).ok_or_else(|| {
        let found: Vec<&str> = environments.iter().map(|known| &*known.name).collect();
        let found = if found.is_empty() { "none".to_owned() } else { found.join(", ") };
        Finished::cannot(opened.mask.shown(&format!(
            "error: there is no environment `{name}`, and its name does not tell its class; found: \
             {found}"
        )))
    })
}

fn value(world: &World<'_>, role: &RoleId) -> Result<Secret, Finished> {
    let read = match world.given.hidden {
        Some(hidden) => hidden(&format!("Value of {role} (it is not shown)")),
        None => (world.given.input)(),
    };
    let value = read.map_err(|fault| {
        Finished::cannot(format!("error: no value could be read ({})", fault.kind()))
    })?;
    Ok(Secret::new(value.expose().trim()))
}

/// Refuses values that a fingerprint would give away.
fn refuse(opened: &Opened, role: &RoleId, value: &Secret) -> Result<(), Finished> {
    let text = value.expose();
    let publishes = opened.library.pack(&role.pack).is_some_and(|pack| pack.publishes(text));
    let why = if text.is_empty() {
        "there is no value"
    } else if is_placeholder(text) {
        "this only stands in for a value"
    } else if publishes {
        "this is a published sample"
    } else if is_guessable(text) {
        "this value could be found by trying: it has fewer than 12 characters, or few different \
         ones, so its fingerprint would give it away"
    } else {
        return Ok(());
    };
    Err(Finished::cannot(format!("error: {why}")))
}

/// What else is worth knowing of the value.
fn remarks(opened: &Opened, role: &RoleId, print: &str, salt: &Salt) -> String {
    let view = opened.view();
    let mut remarks = String::new();
    for setting in view.of_role(role).filter(|setting| !setting.in_force.is_empty()) {
        let same = setting.literal().is_some_and(|literal| salt.fingerprint(literal) == print);
        if let Some(at) = view.place_of(setting).filter(|_| same) {
            // writing to a String cannot fail
            let _ = writeln!(remarks, "The same value stands at {}:{}", at.path, at.line);
        }
    }
    remarks
}
