//! Text as it was found: spans, positions, what must never be printed and what must never act.
//!
//! Spans are bytes everywhere. [`LineIndex`] is the only maker of line and column numbers, and
//! both count from one, columns in characters.

mod credentials;
mod diagnostic;
mod diagnostic_view;
mod expand;
mod foreign;
mod nearest;
mod secret;
mod span;
mod text;
mod together;

pub use diagnostic::{Diagnostic, DiagnosticSeverity, DiagnosticStyle, render};
pub use expand::{ExpandFault, expand};
pub use foreign::Foreign;
pub use nearest::{nearest, suggest};
pub use secret::Secret;
pub use span::{LineIndex, Position, Span};
pub use text::{Location, SourceText};
pub use together::together;
