//! By which rule a place is of its environment, told file by file: what a person needs in order to
//! agree or to correct it.

use super::environment::Environment;
use super::manifest::Manifest;
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
        let mut rules: Vec<&str> =
            held().filter_map(|one| one.rule_in(&environment.name)).collect();
        rules.sort_unstable();
        rules.dedup();
        if !rules.is_empty() {
            return rules.join(", ");
        }
        if held().any(|one| one.stands_in == StandsIn::Shared) {
            return SHARED.to_owned();
        }
        environment.rule.clone()
    }
}

/// How a layer is known that all environments of its family build on.
const SHARED: &str = "shared by its family";

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

    /// By what it is known to be of an environment, where its place says that it is.
    fn rule_in(&self, environment: &str) -> Option<&str> {
        match &self.stands_in {
            StandsIn::Environment { name, rule, .. } if name == environment => Some(rule),
            StandsIn::Environment { .. } | StandsIn::Shared | StandsIn::Unclassified => None,
        }
    }
}

/// The words of a name without those of environments.
fn plain(name: &str) -> Vec<String> {
    let mut words = words(name);
    words.retain(|word| class_of_word(word).is_none());
    words
}
