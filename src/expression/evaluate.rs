//! A program over facts.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use cel::objects::{Key, Map};
use cel::{Context, Env, ExecutionError, Value};

use super::program::Program;
use super::rewrite::{MATCHES, parameter_name, presence_name};
use super::{Evaluation, Fact, Scope, cost};

/// Evaluates `program`, unless it may cost too much.
pub(super) fn evaluate(program: &Program, scope: &Scope) -> Evaluation {
    if cost::bound(program, &scope.names) > cost::MOST {
        return Evaluation::TooCostly;
    }
    let result = context(program, scope).and_then(|context| {
        Value::resolve(&program.tree, &context).map_err(|error| reason(program, &error))
    });
    match result {
        Ok(Value::Bool(true)) => Evaluation::True,
        Ok(Value::Bool(false)) => Evaluation::False,
        Ok(_) => Evaluation::Failed("the expression is neither true nor false".to_owned()),
        Err(reason) => Evaluation::Failed(reason),
    }
}

/// The variables that the program reads, and its functions.
fn context(program: &Program, scope: &Scope) -> Result<Context<'static, 'static>, String> {
    static LIBRARY: OnceLock<Arc<Env>> = OnceLock::new();
    let library = LIBRARY.get_or_init(|| Arc::new(Env::stdlib()));
    let mut context = Context::with_env(Arc::clone(library));
    for root in program.reads.iter().filter_map(|chain| chain.first()) {
        if let Some(fact) = scope.names.get(root)
            && context.get_variable(root).is_none()
        {
            context.add_variable_from_value(root.clone(), value(fact));
        }
    }
    for (index, chain) in program.presence.iter().enumerate() {
        if let Some(present) = is_present(&scope.names, chain) {
            context.add_variable_from_value(presence_name(index), Value::Bool(present));
        }
    }
    for (index, name) in program.parameters.iter().enumerate() {
        if let Some(fact) = scope.parameters.get(name) {
            context.add_variable_from_value(parameter_name(index), value(fact));
        }
    }
    let patterns = Arc::clone(&program.patterns);
    context
        .add_function(MATCHES, move |text: Arc<String>, index: i64| {
            let pattern = usize::try_from(index).ok().and_then(|index| patterns.get(index));
            pattern.map(|pattern| Value::Bool(pattern.is_match(&text))).ok_or_else(unfit)
        })
        .and_then(|()| context.add_function("p95", |numbers: Value| p95(&numbers)))
        .map_err(|_| "the functions of expressions are declared twice".to_owned())?;
    Ok(context)
}

/// Whether the whole chain is there; none where its first name is not given at all.
fn is_present(names: &BTreeMap<String, Fact>, chain: &[String]) -> Option<bool> {
    let (root, path) = chain.split_first()?;
    let root = names.get(root)?;
    Some(path.iter().try_fold(root, |fact, key| fact.get(key)).is_some())
}

/// The value below which 95 of 100 numbers lie, by nearest rank; a single number is its own.
fn p95(numbers: &Value) -> Result<Value, ExecutionError> {
    let mut sorted =
        if let Value::List(numbers) = numbers { numbers.to_vec() } else { vec![numbers.clone()] };
    if !sorted.iter().all(|number| matches!(number, Value::Int(_) | Value::Float(_))) {
        return Err(unfit());
    }
    sorted.sort_by(|left, right| left.partial_cmp(right).unwrap_or(std::cmp::Ordering::Equal));
    let rank = (sorted.len() * 95).div_ceil(100).max(1);
    sorted.into_iter().nth(rank - 1).ok_or_else(unfit)
}

/// An argument that a function of ours cannot use.
fn unfit() -> ExecutionError {
    ExecutionError::function_error("", "")
}

/// A fact as CEL sees it; whole numbers are always signed, so that they can be subtracted.
fn value(fact: &Fact) -> Value {
    match fact {
        Fact::Null => Value::Null,
        Fact::Bool(fact) => Value::Bool(*fact),
        Fact::Int(number) => Value::Int(*number),
        Fact::Float(number) => Value::Float(*number),
        Fact::Text(text) => Value::String(Arc::new(text.clone())),
        Fact::List(items) => Value::List(Arc::new(items.iter().map(value).collect())),
        Fact::Map(entries) => {
            let keyed = |(key, fact): (&String, &Fact)| (Key::from(key.clone()), value(fact));
            Value::Map(Map { map: Arc::new(entries.iter().map(keyed).collect()) })
        }
    }
}

/// Why it could not be told, without any value: CEL's own messages quote them.
#[expect(clippy::wildcard_enum_match_arm, reason = "the enum may grow with any release of cel")]
fn reason(program: &Program, error: &ExecutionError) -> String {
    let written = |name: &str| program.reads.iter().flatten().any(|one| one == name);
    match error {
        ExecutionError::NoSuchKey(key) if written(key) => format!("there is no `{key}`"),
        ExecutionError::NoSuchKey(_) => "a field is not there".to_owned(),
        ExecutionError::UndeclaredReference(name) => match undeclared(program, name) {
            Some(said) => said,
            None if written(name) => format!("`{name}` is not known here"),
            None => "a name is not known here".to_owned(),
        },
        ExecutionError::IndexOutOfBounds(_) => "a list is shorter than that".to_owned(),
        ExecutionError::DivisionByZero(_) | ExecutionError::RemainderByZero(_) => {
            "it divides by zero".to_owned()
        }
        ExecutionError::Overflow(..) => "a number is too large".to_owned(),
        _ => "a value is not of the type that this needs".to_owned(),
    }
}

/// What a numbered name stood for.
fn undeclared(program: &Program, name: &str) -> Option<String> {
    let of = |all: usize, named: fn(usize) -> String| (0..all).find(|one| named(*one) == name);
    if let Some(index) = of(program.parameters.len(), parameter_name) {
        let parameter = program.parameters.get(index)?;
        return Some(format!("there is no parameter `{parameter}`"));
    }
    let index = of(program.presence.len(), presence_name)?;
    let root = program.presence.get(index)?.first()?;
    Some(format!("`{root}` is not known here"))
}
