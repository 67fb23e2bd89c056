//! CEL: compiled once, bounded without a clock, and given facts only.

mod compile;
mod cost;
mod evaluate;
mod fact;
mod program;
mod rewrite;

pub use fact::Fact;
pub use program::{CompileFault, Evaluation, Expression, Scope};
