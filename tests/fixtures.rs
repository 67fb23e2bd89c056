//! Every case of every check as a test of its own name, and no check without its proof.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use golive::cli::attempted;
use golive::fixture::{Cases, gaps};
use golive::pack::{Library, builtin};
use golive::source::{DiagnosticStyle, render};
use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let cases = Cases::below(&root);
    let mut wrong = cases.mistakes;
    let library = Library::load(builtin()).unwrap_or_else(|mistakes| {
        let style = DiagnosticStyle { color: false, width: 100, plain: true };
        wrong.push(render(&mistakes, &style));
        Library::default()
    });
    wrong.extend(gaps(&library.checks, &cases.found));
    let mut trials = vec![Trial::test("every_check_is_proved", move || {
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
    })];
    let library = Arc::new(library);
    trials.extend(cases.found.into_iter().map(|case| {
        let library = Arc::clone(&library);
        Trial::test(case.title(), move || {
            let tried = case.attempt(&|attempt| attempted(&library.checks, &[], attempt));
            tried.map_err(Into::into)
        })
    }));
    libtest_mimic::run(&arguments, trials).exit_code()
}
