//! Mistakes in programs: projects as lenders write them, silent as they stand, and one mistake at
//! a time in the app among them.

use std::path::Path;

use golive::run::Run;
use libtest_mimic::Trial;

use super::layout::texts_below;
use super::stage::{MARK, Place, Texts, judged, places, told, weight};

/// A mistake: its name, the check that must find it, what it weighs, and what is written where. The
/// first text of a pair takes the place of the second in the file; an empty second begins a file.
type Planted = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str, &'static str)],
);

const MISTAKES: [Planted; 12] = [
    (
        "key-in-a-flutter-asset",
        "begini/key-not-in-client",
        "blocker",
        &[
            ("pubspec.yaml", "    - assets/images/\n    - config/app.env", "    - assets/images/"),
            (
                "config/app.env",
                "BEGINI_API_KEY=»@@join(5b1d0c9e-,7f3a-4e21-,9c40-2a6f8d13e7b5)@@\n",
                "",
            ),
        ],
    ),
    (
        "pod-on-a-branch",
        "begini/sdk-pinned-to-a-tag",
        "blocker",
        &[("ios/Podfile", ":branch => '»main'", ":tag => '1.2.5'")],
    ),
    (
        "transport-security-off",
        "begini/app-transport-is-secure",
        "minor",
        &[("ios/Runner/Info.plist", "»<true/>", "<false/>")],
    ),
    (
        "deep-link-trusted",
        "begini/redirect-is-no-proof",
        "blocker",
        &[(
            "lib/assessment.dart",
            "queryParameters['»begini_success']",
            "queryParameters['application']",
        )],
    ),
    (
        "e-mail-as-uid",
        "begini/uid-in-code-is-not-personal",
        "blocker",
        &[("server/begini.js", "uid: »application.email", "uid: application.scoreUid")],
    ),
    (
        "default-uid",
        "begini/uid-is-no-literal",
        "major",
        &[(
            "server/begini.js",
            "uid: application.scoreUid ?? »\"test2\"",
            "uid: application.scoreUid",
        )],
    ),
    (
        "internal-host",
        "core/retired-host",
        "blocker",
        &[(
            "ios/Runner/Hosts.swift",
            "\"»https://qa-api.begini.co/\"",
            "\"https://api.begini.co/\"",
        )],
    ),
    (
        "session-from-the-phone",
        "begini/session-is-created-on-a-server",
        "blocker",
        &[(
            "lib/assessment.dart",
            "post(Uri.parse('https://api.begini.co/v1/»sessions-management/tokens'))",
            "post(server.resolve('/assessments/$application'))",
        )],
    ),
    (
        "bodies-in-the-log",
        "begini/bodies-are-not-logged",
        "major",
        &[(
            "android/app/src/main/java/co/lender/Net.kt",
            "setLevel(»HttpLoggingInterceptor.Level.BODY)",
            "setLevel(HttpLoggingInterceptor.Level.BASIC)",
        )],
    ),
    (
        "token-in-the-log",
        "begini/secrets-are-not-logged",
        "major",
        &[(
            "server/begini.js",
            "console.log(\"begini: a session is open\", answer.»access_token);",
            "console.log(\"begini: a session is open\");",
        )],
    ),
    (
        "outdated-header",
        "begini/signature-header-is-current",
        "major",
        &[("server/hook.js", "req.get(\"»X-Begini-Signature\")", "req.get(\"X-Signature\")")],
    ),
    (
        "parsed-before-it-is-hashed",
        "begini/signature-covers-the-raw-body",
        "minor",
        &[("server/hook.js", ".update(»JSON.stringify(req.body))", ".update(req.body)")],
    ),
];

/// The projects that are silent.
const CLEAN: [&str; 4] = ["app", "node", "python", "spring"];

/// A test for every project and every mistake.
pub(crate) fn trials(root: &Path) -> Vec<Trial> {
    let folder = root.join("tests/planted/programs");
    let mut trials = Vec::new();
    for name in CLEAN {
        let texts = texts_below(&folder.join(name));
        trials.push(Trial::test(format!("programs/{name}/clean"), move || Ok(silent(&texts)?)));
    }
    for planted in MISTAKES {
        let texts = texts_below(&folder.join("app"));
        let name = format!("programs/app/{}", planted.0);
        trials.push(Trial::test(name, move || Ok(found(texts, &planted)?)));
    }
    trials
}

/// Nothing is found, and Begini is seen.
fn silent(texts: &Texts) -> Result<(), String> {
    let (run, _) = judged(texts)?;
    let asked = run.checks.iter().any(|check| check.id.pack() == "begini");
    if run.findings.is_empty() && asked { Ok(()) } else { Err(listed(&run)) }
}

/// One item, at its place, of its check, with its weight.
fn found(mut texts: Texts, planted: &Planted) -> Result<(), String> {
    let (_, check, severity, changes) = planted;
    for (path, new, old) in *changes {
        if old.is_empty() {
            texts.0.insert((*path).to_owned(), (*new).to_owned());
            continue;
        }
        let text = texts.0.get_mut(*path).ok_or_else(|| format!("no file {path}"))?;
        if text.matches(old).count() != 1 {
            return Err(format!("{path} does not hold once: {old}"));
        }
        *text = text.replace(old, new);
    }
    assert!(texts.0.values().any(|text| text.contains(MARK)), "a place is meant");
    let (run, meant) = judged(&texts)?;
    let is_it = |one: &golive::run::Finding| {
        let at: Vec<Place> = places(one);
        at.first() == meant.first() && &*one.check.0 == *check && weight(one) == *severity
    };
    match run.findings.as_slice() {
        [one] if is_it(one) => Ok(()),
        _ => Err(format!("not one {severity} of {check} at {}\n{}", meant[0], listed(&run))),
    }
}

fn listed(run: &Run) -> String {
    run.findings.iter().map(|one| format!("  {}", told(one))).collect::<Vec<_>>().join("\n")
}
