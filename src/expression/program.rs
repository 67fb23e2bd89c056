//! A compiled expression.

use std::collections::BTreeMap;
use std::sync::Arc;

use cel::IdedExpr;
use regex::Regex;

use super::{Fact, compile, evaluate};

/// An expression that was accepted: short, shallow, and of known names.
///
/// It is CEL (<https://github.com/google/cel-spec>) with two functions of its own,
/// `param("name")` and `p95(list of numbers)`, and one difference: `has(a.b.c)` is false, not an
/// error, where `a.b` is missing too. Patterns of `matches` are written as text and compiled once.
#[derive(Clone, Debug)]
pub struct Expression {
    pub(super) source: Arc<str>,
    pub(super) program: Arc<Program>,
}

/// What was compiled.
#[derive(Debug)]
pub(super) struct Program {
    /// The tree, with presence tests, parameters and patterns replaced by numbered names.
    pub(super) tree: IdedExpr,
    /// How many nodes it has.
    pub(super) nodes: u64,
    /// Chains of names that it reads, longest first.
    pub(super) reads: Vec<Vec<String>>,
    /// Chains whose presence it tests.
    pub(super) presence: Vec<Vec<String>>,
    /// Parameters that it reads.
    pub(super) parameters: Vec<String>,
    /// Patterns that it matches.
    pub(super) patterns: Arc<[Regex]>,
}

/// Why a text is no expression, with bytes of its source.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct CompileFault {
    /// What is wrong, lower case, no full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
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
    /// It could not be told: a missing name, a wrong type. The reason holds no value.
    Failed(String),
    /// Its bound is too high for the lists it would read.
    TooCostly,
}

impl Expression {
    /// Compiles `source`; `names` are the variables that it may read.
    ///
    /// # Errors
    /// Where the text is not CEL, is longer than 4 KiB, nests more than three loops, or reads an
    /// unknown name.
    pub fn compile(source: &str, names: &[&str]) -> Result<Self, CompileFault> {
        let program = compile::compile(source, names)?;
        Ok(Self { source: source.into(), program: Arc::new(program) })
    }

    /// The text as it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Evaluates against `scope`. What it may cost is worked out from the sizes of the lists
    /// first, so the time is bounded without a clock.
    pub fn evaluate(&self, scope: &Scope) -> Evaluation {
        evaluate::evaluate(&self.program, scope)
    }

    /// Every chain of names that it reads, longest first: `body.access_token` is
    /// `["body", "access_token"]`. A chain tested by `has` is among them.
    pub fn reads(&self) -> Vec<Vec<String>> {
        self.program.reads.clone()
    }

    /// The names of the parameters that it reads.
    pub fn parameters(&self) -> &[String] {
        &self.program.parameters
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
