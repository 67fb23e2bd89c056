//! From documents to settings: which scalars of a tree are settings, what they are called, and what
//! the structure around them says of their environment. Well-known sorts of document are read as
//! the programs read them that they are written for.

mod container;
mod decode;
mod document;
mod pair;
mod value;
mod way;

use std::sync::Arc;

use self::document::Sort;
use self::way::Way;
use super::place::is_mapping;
use super::purpose::Purpose;
use super::section::Scope;
use super::setting::Setting;
use crate::document::Parsed;
use crate::source::SourceText;

/// What a file holds.
#[derive(Default)]
pub(super) struct Extracted {
    /// Its settings, in order of place.
    pub settings: Vec<Setting>,
    /// Paths of dotenv files that containers described here start with, as they are written.
    pub env_files: Vec<String>,
    /// What containers described here get more settings from.
    pub outside: Vec<String>,
}

/// The settings of a file, in order of place. Names are keys joined by `.`; an item of a list of
/// names and values (`- key: A`, `value: b`) is called by its name.
pub(super) fn settings(source: &Arc<SourceText>, purpose: Purpose, parsed: &Parsed) -> Extracted {
    let mut extracted = Extracted::default();
    let several = parsed.documents.len() > 1;
    for document in &parsed.documents {
        let sort = Sort::of(source.path(), &document.root);
        let mut way = Way::new(sort, document::scope(sort, &document.root));
        way.gather(&document.root);
        if sort == Sort::Terraform {
            // what is looked up elsewhere, and by which name
            way.found.retain(|found| found.keys.first().is_none_or(|key| &**key != "data"));
        }
        let mapped = is_mapping(source.path().rsplit('/').next().unwrap_or_default());
        let reader = value::Reader { source, purpose, sort, mapped };
        let mut settings: Vec<Setting> = way.found.iter().map(|one| reader.setting(one)).collect();
        if several {
            tell_by_content(&mut settings);
        }
        extracted.settings.extend(settings);
        extracted.env_files.extend(way.env_files);
        extracted.outside.extend(way.outside);
    }
    extracted
}

/// Of several documents in one file each may say its own environment.
fn tell_by_content(settings: &mut [Setting]) {
    let Some((name, class, by)) = super::telling::content_says(settings.iter()) else { return };
    for setting in settings.iter_mut().filter(|setting| setting.scope == Scope::File) {
        setting.scope =
            Scope::Environment { name: name.clone(), class, rule: by.clone(), own_secrets: false };
    }
}
