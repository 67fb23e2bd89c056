//! CEL: compiled once, bounded without a clock, and given facts only.

mod fact;
mod program;

pub use fact::Fact;
pub use program::{CompileFault, Evaluation, Expression, Scope};
