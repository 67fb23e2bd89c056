//! A project as it is: its manifest, its environments, its settings with their homes, and what
//! people confirmed. Everything is read here once; nothing is judged.

mod address;
mod client;
mod confirmation;
mod dependency;
mod descriptor;
mod development;
mod encoding;
mod environment;
mod extract;
mod facts;
mod fingerprint;
mod git;
mod home;
mod layers;
mod manifest;
mod mask;
mod observe;
mod observed;
mod place;
mod placeholder;
mod program;
mod public;
mod purpose;
mod read;
mod reading;
mod recognise;
mod recognised;
mod reference;
mod resolve;
mod roles;
mod scan;
mod section;
mod setting;
mod switch;
mod telling;
mod together;
mod tree;
mod unread;
mod variables;
mod whereabouts;
mod words;

pub use address::unreachable;
pub use confirmation::{Answer, Confirmation};
pub use dependency::{Dependency, Pin, lists};
pub use environment::Environment;
pub use facts::{
    FACTS_COUNT_FOR, FactLine, Facts, FactsPage, Length, Standing, State, facts_schema,
};
pub use fingerprint::{Salt, is_fingerprint, is_guessable};
pub use git::tracked;
pub use home::{Hint, HomeOf, digest};
pub use manifest::{Manifest, Waiver, manifest_schema};
pub use mask::Mask;
pub use observe::{Observing, Seen, Values, observe};
pub use observed::Observed;
pub use placeholder::is_placeholder;
pub use public::{NotPublic, not_public};
pub use purpose::{CONFIRMATIONS, MANIFEST, Purpose};
pub use read::{Project, ProjectNote, Question, Stated, secrets_below};
pub use recognised::Recognised;
pub use setting::{Setting, SettingValue, StandsIn, Step};
pub use tree::{ReadFault, Tree, read_named};
pub use words::class_of;
