//! A compiled expression.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Fact;

/// An expression that was accepted: short, shallow, and of known names.
#[derive(Clone, Debug)]
pub struct Expression {
    source: Arc<str>,
}

/// Why a text is no expression, with bytes of its source.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct CompileFault {
    /// What is wrong, lower case, no full stop.
    pub message: String,
    /// The first byte of the source that is meant.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// The names an expression may read, and the parameters behind `param("name")`.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Variables by name.
    pub names: BTreeMap<String, Fact>,
    /// Parameters of the pack.
    pub parameters: BTreeMap<String, Fact>,
}

/// What came of evaluating.
#[derive(Clone, Debug, PartialEq)]
pub enum Evaluation {
    /// It holds.
    True,
    /// It does not.
    False,
    /// It could not be told: a missing name, a wrong type.
    Failed(String),
    /// Its bound is too high for the lists it would read.
    TooCostly,
}

impl Expression {
    /// Compiles `source`; `names` are the variables that it may read.
    ///
    /// # Errors
    /// Where the text is not CEL, is too long or nests too deeply, or reads an unknown name.
    pub fn compile(source: &str, names: &[&str]) -> Result<Self, CompileFault> {
        let _ = names;
        Ok(Self { source: source.into() })
    }

    /// The text as it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Evaluates against `scope`.
    pub fn evaluate(&self, scope: &Scope) -> Evaluation {
        let _ = scope;
        Evaluation::Failed("not built".to_owned())
    }

    /// Every chain of names that it reads, longest first: `body.access_token` is
    /// `["body", "access_token"]`.
    pub fn reads(&self) -> Vec<Vec<String>> {
        Vec::new()
    }
}
