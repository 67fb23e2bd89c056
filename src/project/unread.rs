//! What may hold settings and is not read: places that could not be listed, links, and layers that
//! are not there. Each is said, because silence would pass for "looked at and fine".

use std::sync::Arc;

use super::manifest::Manifest;
use super::purpose::Purpose;
use super::read::ProjectNote;
use super::tree::{Listing, Tree};
use crate::document::Format;

/// What was not read.
#[derive(Default)]
pub(super) struct Unread {
    /// What could matter.
    pub unreadable: Vec<ProjectNote>,
    /// What is read under another name.
    pub notes: Vec<ProjectNote>,
    /// How many other links there are.
    pub links: u64,
}

/// Everything that is there, or should be, and is not read.
pub(super) fn found(tree: &Tree, listing: &Listing, manifest: &Manifest) -> Unread {
    let mut unread = Unread::default();
    let faults = listing.faults.iter();
    unread.unreadable.extend(faults.map(|(path, why)| ProjectNote::whole(path, why.as_str())));
    for link in &listing.links {
        unread.link(tree, listing, link);
    }
    unread.layers(listing, manifest);
    unread
}

impl Unread {
    fn link(&mut self, tree: &Tree, listing: &Listing, link: &str) {
        if Format::of_path(link).is_none() || Purpose::of(link) != Purpose::Live {
            self.links += 1;
            return;
        }
        let target = tree.target(link);
        let read = target.filter(|target| listing.files.iter().any(|file| file.path == *target));
        match read {
            Some(target) => {
                let message = format!("a link to {target}, which is read under that name alone");
                self.notes.push(ProjectNote::whole(link, message));
            }
            None => self.unreadable.push(ProjectNote::whole(link, OUTSIDE)),
        }
    }

    /// Layers of the manifest that are no files of the tree.
    fn layers(&mut self, listing: &Listing, manifest: &Manifest) {
        let Some(source) = &manifest.source else { return };
        for (path, span) in manifest.environments.iter().flat_map(|known| &known.layers) {
            let known = self.unreadable.iter().any(|note| note.path == *path);
            let Some(message) = not_in_force(listing, path).filter(|_| !known) else { continue };
            self.unreadable.push(ProjectNote {
                path: path.clone(),
                source: Some(Arc::clone(source)),
                span: *span,
                message: message.to_owned(),
            });
        }
    }
}

/// Why the settings of a layer are not in force, where they are not.
fn not_in_force(listing: &Listing, path: &str) -> Option<&'static str> {
    if listing.links.iter().any(|link| link == path) {
        return Some("a link is no layer: list the file that it leads to");
    }
    let Some(file) = listing.files.iter().find(|file| file.path == path) else {
        return Some("listed as a layer, and there is no such file");
    };
    if Format::of_path(path).is_none() {
        return Some("listed as a layer, and its format is not known");
    }
    (file.purpose != Purpose::Live).then_some("listed as a layer, and its path says it is not live")
}

/// Why a link is not followed.
const OUTSIDE: &str = "a link that leads to no file of this folder, not followed";
