//! Settings that may be what a role is missing.

use std::collections::BTreeSet;

use super::view::View;
use crate::pack::{RoleId, words};
use crate::project::{Purpose, Setting};

impl View<'_> {
    /// Names of settings without a role that share a telling word with the role's usual names,
    /// at most three, with the first place of each.
    pub fn candidates(&self, roles: &[RoleId]) -> Vec<String> {
        let wanted: BTreeSet<String> = roles
            .iter()
            .filter_map(|role| self.role(role))
            .flat_map(|role| role.names.iter().chain(std::iter::once(&role.id.role)))
            .flat_map(|name| words(name))
            .filter(|word| !COMMON.contains(&&**word))
            .collect();
        let mut scored: Vec<(usize, &Setting)> = self
            .project
            .settings
            .iter()
            .filter(|setting| setting.role.is_none() && setting.purpose == Purpose::Live)
            .map(|setting| {
                let shared = setting.words.iter().filter(|word| wanted.contains(*word));
                (shared.count(), setting)
            })
            .filter(|(score, _)| *score > 0)
            .collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        let mut names: Vec<String> = Vec::new();
        for (_, setting) in scored {
            if names.len() == 3 {
                break;
            }
            let place = self
                .place_of(setting)
                .map_or_else(String::new, |at| format!(" ({}:{})", at.path, at.line));
            let name = format!("{}{place}", self.name_of(setting));
            if !names.iter().any(|known| known.starts_with(&self.name_of(setting))) {
                names.push(name);
            }
        }
        names
    }
}

/// Words that half of all settings have.
const COMMON: [&str; 5] = ["url", "id", "key", "api", "secret"];
