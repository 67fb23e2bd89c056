//! The pairs of key and id that a stand-in knows: made up, or from the team's own file.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::super::exit::Finished;
use super::super::show::shown;
use super::super::world::World;
use super::{SandboxArguments, receiver};
use crate::document::{Format, Value, parse};
use crate::pack::{Pack, words};
use crate::project::{is_placeholder, read_named};
use crate::source::Secret;
use crate::standin::Deployment;

/// What a stand-in knows.
pub(super) struct Pairs {
    /// The sandbox's pair, then production's.
    pub(super) deployments: Vec<Deployment>,
    /// Where events go.
    pub(super) receiver: Option<String>,
    /// The file that the sandbox's key came from, which is then not shown.
    pub(super) key_from: Option<String>,
    /// The same of its id.
    pub(super) id_from: Option<String>,
}

/// The pairs that the command line asks for.
///
/// # Errors
/// What to print where a file cannot be used or a receiver is elsewhere.
pub(super) fn pairs(
    world: &World<'_>,
    arguments: &SandboxArguments,
    pack: &Pack,
) -> Result<Pairs, Finished> {
    let seed = (world.given.random)()
        .ok_or_else(|| Finished::cannot("error: this system gives no random numbers"))?;
    let file = arguments.env.as_deref().map(|path| File::read(world, path)).transpose()?;
    let found = |role: &str| file.as_ref().and_then(|file| file.value(pack, role));
    let named = file.as_ref().map(|file| file.shown.clone());
    let (key, id) = (found("api-key"), found("integration-id"));
    let (usable_key, usable_id) = (usable(file.as_ref(), key)?, usable(file.as_ref(), id)?);
    let id = arguments.integration_id.clone().or(usable_id.clone());
    let url = match (&arguments.receiver, found("webhook-url"), &named) {
        (Some(url), _, _) => Some(receiver(url, "--receiver")?),
        (None, Some((_, url)), Some(from)) => receiver(&url, from).ok(),
        (None, _, _) => None,
    };
    let pair = |environment: &str, key: Option<String>, id: Option<String>| Deployment {
        environment: environment.to_owned(),
        api_key: Secret::new(key.unwrap_or_else(|| made_key(&seed, environment))),
        integration_id: id.unwrap_or_else(|| made(&seed, environment, "id", 24)),
        webhook_url: url.clone(),
    };
    Ok(Pairs {
        deployments: vec![pair("sandbox", usable_key.clone(), id), pair("production", None, None)],
        key_from: named.clone().filter(|_| usable_key.is_some()),
        id_from: named.filter(|_| arguments.integration_id.is_none() && usable_id.is_some()),
        receiver: url,
    })
}

/// A value that a program would send as it stands.
fn usable(
    file: Option<&File>,
    found: Option<(String, String)>,
) -> Result<Option<String>, Finished> {
    let Some((name, value)) = found.filter(|(_, value)| !value.is_empty()) else { return Ok(None) };
    let is_reference = value.contains("${") || value.contains("://") || value.starts_with("vault:");
    if is_reference || is_placeholder(&value) {
        let from = file.map_or("", |file| &file.shown);
        let what = if is_reference { "a reference" } else { "a placeholder" };
        return Err(Finished::cannot(format!(
            "error: {from}: {name} is {what}, and the stand-in needs what the program sends: \
             write a value there, or leave --env out to have one made up"
        )));
    }
    Ok(Some(value))
}

/// A dotenv file.
struct File {
    shown: String,
    /// Names and texts, in order.
    values: Vec<(String, String)>,
}

impl File {
    fn read(world: &World<'_>, path: &Path) -> Result<Self, Finished> {
        let shown = shown(path).to_string();
        let text = read_named(&world.folder.join(path))
            .map_err(|fault| Finished::cannot(format!("error: --env {shown}: {fault}")))?;
        let parsed = parse(Format::Dotenv, &text);
        let mut values = Vec::new();
        for document in parsed.documents {
            let Value::Map(entries) = document.root.value else { continue };
            for entry in entries.iter() {
                if let Value::Text { text, .. } = &entry.node.value {
                    values.push((entry.key.text.to_string(), text.to_string()));
                }
            }
        }
        Ok(Self { shown, values })
    }

    /// The name and the last value of a role, where the name does not say that it is production's.
    fn value(&self, pack: &Pack, role: &str) -> Option<(String, String)> {
        let usual: Vec<Vec<String>> =
            pack.roles.get(role)?.names.iter().map(|name| words(name)).collect();
        let is_live = |word: &String| matches!(&**word, "live" | "prod" | "production");
        let is_its = |name: &str| {
            let words = words(name);
            usual.contains(&words) && !words.iter().any(is_live)
        };
        self.values.iter().rev().find(|(name, _)| is_its(name)).cloned()
    }
}

/// A key of Begini's shape.
fn made_key(seed: &[u8; 32], environment: &str) -> String {
    let made = made(seed, environment, "key", 32);
    let part = |from: usize, to: usize| made.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

/// Hexadecimal digits that nobody can guess.
fn made(seed: &[u8; 32], environment: &str, what: &str, length: usize) -> String {
    let mut digest = Sha256::new();
    digest.update(seed);
    digest.update(environment);
    digest.update([0]);
    digest.update(what);
    let mut digits = hex::encode(digest.finalize());
    digits.truncate(length);
    digits
}
