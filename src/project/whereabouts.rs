//! By which rule a place is of its environment, told file by file: what a person needs in order to
//! agree or to correct it.

use super::environment::Environment;
use super::manifest::Manifest;
use super::place;
use super::purpose::{MANIFEST, Purpose};
use super::read::Project;
use super::setting::{Setting, StandsIn};
use super::words::class_of_word;
use crate::pack::words;

impl Project {
    /// Why the file at `path` is a layer of `environment`, in a few words.
    pub fn rule_of_layer(&self, environment: &Environment, path: &str) -> String {
        if let Some(line) = listed_at(&self.manifest, &environment.name, path) {
            return format!("{MANIFEST}:{line}");
        }
        let held = || self.settings.iter().filter(|one| one.is_live_in(path));
        let own = || held().filter(|one| one.is_said_to_be_of(&environment.name));
        if own().next().is_none() {
            return "shared by its family".to_owned();
        }
        if own().all(|one| matches!(one.stands_in, StandsIn::Environment { by_name: true, .. })) {
            return "names of settings".to_owned();
        }
        if own().all(Setting::stands_in_section) {
            return "section".to_owned();
        }
        let says = place::read(path);
        match says.environment {
            Some(_) if says.in_file_name => "file name".to_owned(),
            Some((name, _)) if name == environment.name => "folder".to_owned(),
            _ if environment.rule == "file name" => "what the file says".to_owned(),
            _ => environment.rule.clone(),
        }
    }
}

/// The line of the manifest that lists a layer.
fn listed_at(manifest: &Manifest, environment: &str, path: &str) -> Option<u32> {
    let source = manifest.source.as_ref()?;
    let declared = manifest.environments.iter().find(|declared| declared.name == environment)?;
    let (_, span) = declared.layers.iter().find(|(layer, _)| layer == path)?;
    Some(source.location(*span).line)
}

impl Setting {
    /// The part of its name by which it has its role, where that is none of the `usual` names: the
    /// fewest of its last keys that end as one of them does. Words of environments do not count.
    pub fn own_name(&self, usual: &[String]) -> Option<String> {
        let usual: Vec<Vec<String>> = usual.iter().map(|name| plain(name)).collect();
        let mut from = self.name.len();
        loop {
            from = self.name.get(..from).and_then(|before| before.rfind('.')).unwrap_or(0);
            let part = self.name.get(from..).unwrap_or_default().trim_start_matches('.');
            let words = plain(part);
            if usual.contains(&words) {
                return None;
            }
            if usual.iter().any(|usual| words.ends_with(usual)) {
                return Some(part.to_owned());
            }
            if from == 0 {
                return None;
            }
        }
    }

    fn is_live_in(&self, path: &str) -> bool {
        self.purpose == Purpose::Live && self.source.is_some() && self.path() == path
    }

    fn is_said_to_be_of(&self, environment: &str) -> bool {
        matches!(&self.stands_in, StandsIn::Environment { name, .. } if name == environment)
    }

    /// Whether a key above its own name speaks of an environment.
    pub fn stands_in_section(&self) -> bool {
        let keys = self.name.rsplit_once('.').map_or("", |(before, _)| before);
        keys.split('.').any(|key| class_of_word(key).is_some())
    }
}

/// The words of a name without those of environments.
fn plain(name: &str) -> Vec<String> {
    let mut words = words(name);
    words.retain(|word| class_of_word(word).is_none());
    words
}
