//! The packs that are shipped with the tool: the folder `checks/` as it was when it was built.

use super::{PackOrigin, PackSource};

include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// The packs shipped with the tool, in order of their ids.
pub fn builtin() -> Vec<PackSource> {
    let pack = |(id, files): &(&str, &[(&str, &str)])| PackSource {
        id: (*id).to_owned(),
        origin: PackOrigin::BuiltIn,
        files: files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect(),
    };
    PACKS.iter().map(pack).collect()
}
