//! Packs and checks as their authors wrote them, decoded, validated and loaded.
//!
//! This room holds no judgement: it says what a provider's facts are and what each check claims.
//! A mistake in a pack is a diagnostic with a place, and all of them are reported at once.

mod builtin;
mod check;
mod codes;
mod delivery;
mod ecosystem;
mod facts;
pub(crate) mod fields;
mod library;
mod live;
mod loading;
mod look;
mod mark;
mod parameter;
mod pattern;
mod schema;
mod selector;
mod sentinel;
mod signature;
mod source;
mod template;
mod test_values;
mod valid;
mod words;
mod written;

pub use builtin::builtin;
pub use check::{
    Agree, AgreeOn, Check, CheckId, Confirm, Differ, Each, Evidence, Gate, Parity, PastValues,
    RulesClaim, Severity, Step, Subject, Who,
};
pub use codes::{Code, CodeGroup, Codes};
pub use delivery::{BodyForm, Deliveries, Delivery, SignatureVariant};
pub use ecosystem::Ecosystem;
pub use facts::{
    HostPattern, Hosts, Kind, Pack, PackOrigin, Role, RoleId, Unset, UnsetMeans, ValuePatterns,
    is_host_parameter,
};
pub use library::{Library, PackSource};
pub use live::{Method, Outcome, OutcomeResult, Probe, Request, Template, TemplatePart};
pub use look::{Look, Sight};
pub use mark::Mark;
pub use pattern::Pattern;
pub use schema::{check_schema, codes_schema, pack_schema};
pub use selector::{Area, By, EnvironmentName, Home, Origin, Selector};
pub use signature::{Algorithm, Carrier, Encoding, KeyForm, SetBy, SignatureScheme};
pub use source::{BuiltTexts, FileName, Near, Pair, Search, SourceArea, SourceExpect};
pub use template::{TemplateFault, TemplateUse};
pub use test_values::{Inside, TestValues};
pub use words::{Class, words};
