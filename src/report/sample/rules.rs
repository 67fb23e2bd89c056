//! A pack with a check of each sort.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::expression::Expression;
use crate::pack::{
    BodyForm, Check, CheckId, Class, Confirm, Deliveries, Delivery, Differ, EnvironmentName, Home,
    Hosts, Kind, Method, Outcome, OutcomeResult, Pack, PackOrigin, Probe, Request, RoleId,
    Selector, Severity, SignatureVariant, Step, Subject, Template, TemplatePart, ValuePatterns,
    Who,
};
use crate::source::SourceText;

fn role(name: &str) -> RoleId {
    RoleId { pack: "begini".to_owned(), role: name.to_owned() }
}

/// The pack.
pub(in crate::report) fn begini() -> Pack {
    Pack {
        id: "begini".to_owned(),
        title: "Begini".to_owned(),
        homepage: Some("https://begini.helpjuice.com".to_owned()),
        essential: Vec::new(),
        parameters: BTreeMap::new(),
        choices: BTreeMap::new(),
        roles: BTreeMap::new(),
        kinds: Vec::new(),
        hosts: Hosts::default(),
        values: ValuePatterns::default(),
        sentinels: Vec::new(),
        test_values: Vec::new(),
        signature: None,
        events: BTreeMap::new(),
        dependencies: BTreeMap::new(),
        codes: None,
        origin: PackOrigin::BuiltIn,
        digest: "11".repeat(32),
        source: Arc::new(SourceText::new("checks/begini/pack.yaml", "title: Begini\n")),
    }
}

/// Its checks: files, a probe, a delivery, a person.
pub(in crate::report) fn rules() -> Vec<Check> {
    let forbid = Selector {
        environment: vec![EnvironmentName::Class(Class::Production)],
        kind: vec![Kind::Credential, Kind::WebhookUrl],
        home: vec![Home::Sandbox],
        ..Selector::default()
    };
    let differ = Differ {
        roles: vec![role("api-key")],
        kinds: Vec::new(),
        between: (
            EnvironmentName::Class(Class::Sandbox),
            EnvironmentName::Class(Class::Production),
        ),
    };
    let mut keys = check("api-keys-differ", Subject::Differ(differ));
    keys.refines = Some(CheckId("core/secret-shared".into()));
    let mut session = check("session-is-created", Subject::Probe(probe()));
    session.step = Step::BuildInSandbox;
    session.needs = vec![CheckId("begini/api-keys-differ".into())];
    let mut in_time = check("receiver-answers-in-time", Subject::Delivery(delivery()));
    in_time.step = Step::ValidateWebhooks;
    in_time.severity = Severity::Major;
    let confirm = Confirm {
        statement: "The production key was copied from Beacon's Production tab".to_owned(),
        points: vec![
            "the tab was open, and no sheet or chat was copied from".to_owned(),
            "the key is in the secret store".to_owned(),
        ],
        who: Who::ProviderAdmin,
        valid_days: 90,
        covers: vec![(EnvironmentName::Class(Class::Production), role("api-key"))],
    };
    let mut tab = check("credentials-from-production-tab", Subject::Confirm(confirm));
    tab.who = Who::ProviderAdmin;
    vec![check("no-sandbox-value", Subject::Forbid(forbid)), keys, session, in_time, tab]
}

fn check(name: &str, subject: Subject) -> Check {
    let text = "title: Sandbox and production use different API keys\ndiffer: { role: api-key }\n";
    Check {
        id: CheckId(format!("begini/{name}").into()),
        title: "Sandbox and production use different API keys".to_owned(),
        step: Step::SwitchToProduction,
        severity: Severity::Blocker,
        why: "With one key, test sessions are\nscored as real ones.".to_owned(),
        fix: "Copy the key again from the Production tab.".to_owned(),
        links: vec!["https://begini.helpjuice.com".to_owned()],
        who: Who::Engineer,
        answers: vec!["ENV-02".to_owned(), "KD1".to_owned()],
        when: None,
        needs: Vec::new(),
        refines: None,
        opt_in_production: false,
        or_confirm: None,
        only_warns: false,
        subject,
        source: Arc::new(SourceText::new(format!("checks/begini/{name}.yaml"), text)),
    }
}

fn outcome(when: &str, result: OutcomeResult, message: Option<&str>) -> Outcome {
    let names = ["status", "headers", "body", "ms", "fault", "responses"];
    Outcome {
        when: Expression::compile(when, &names).unwrap(),
        result,
        message: message.map(str::to_owned),
        severity: None,
        capture: BTreeMap::new(),
    }
}

fn probe() -> Probe {
    let text = |text: &str| TemplatePart::Text(text.to_owned());
    let request = Request {
        environment: Class::Sandbox,
        method: Method::Post,
        url: Template(vec![
            text("https://"),
            TemplatePart::Parameter("api-host".to_owned()),
            text("/v1/sessions-management/tokens"),
        ]),
        headers: vec![("api-key".to_owned(), Template(vec![TemplatePart::Role(role("api-key"))]))],
        json: None,
        form: Vec::new(),
        creates: Some("a sandbox session".to_owned()),
        repeatable: false,
        signed: false,
        claims: None,
        others: std::collections::BTreeSet::new(),
    };
    let refused = Some("Begini does not accept this key");
    Probe {
        requests: vec![("answer".to_owned(), request)],
        outcomes: vec![
            outcome("status == 200 && has(body.access_token)", OutcomeResult::Pass, None),
            outcome("status == 401", OutcomeResult::Fail, refused),
            outcome("status == 424", OutcomeResult::Unknown, None),
        ],
    }
}

fn delivery() -> Deliveries {
    let one = Delivery {
        to: Class::Sandbox,
        signed_as: Class::Sandbox,
        receiver: role("webhook-url"),
        events: vec!["application.complete".to_owned()],
        apart: false,
        method: Method::Post,
        content_type: None,
        body: BodyForm::AsIs,
        without: Vec::new(),
        with: Vec::new(),
        signature: SignatureVariant::Tampered,
        times: 20,
        parallel: true,
    };
    Deliveries {
        named: vec![("answer".to_owned(), one)],
        outcomes: vec![outcome("status == 200", OutcomeResult::Pass, None)],
    }
}
