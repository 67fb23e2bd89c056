//! Configuration formats as one located tree. Reading never fails: what could be read comes with
//! every issue found on the way, and every span is bytes of the original text.

mod append;
mod comments;
mod decode;
mod dotenv;
mod format;
mod hcl;
mod hole;
mod ini;
mod issues;
mod json;
mod node;
mod piece;
mod place;
mod properties;
mod reference;
mod script;
mod shell;
mod toml;
mod xml;
mod yaml;

pub use append::{AppendFault, append, put_above};
pub use comments::without_comments;
pub use decode::{Located, OneOrMany, Ordered, decode, single};
pub use format::{Format, parse};
pub use node::{Document, Entry, Issue, IssueKind, Key, Node, Parsed, Style, Value};
pub use reference::{Form, Reference, references, references_within};
pub use script::Language;

/// How deep lists and maps may lie in each other, so that every walk over a tree may be recursive.
const MAX_DEPTH: usize = 100;
