//! Configuration formats as one located tree. Reading never fails: what could be read comes with
//! every issue found on the way, and every span is bytes of the original text.

mod node;

pub use node::{Document, Entry, Issue, IssueKind, Key, Node, Parsed, Style, Value};
