//! What servers and frameworks write, and what is no leak.

use super::*;

fn watch() -> Watch {
    let known = vec![("db/password".to_owned(), Secret::new("hunter-2-hunter"))];
    Watch {
        known: Arc::new(Redactor::new(known)),
        key: Some(Secret::new("k3y-9f8e7d6c5b")),
        signature: Some(Secret::new("0f1e2d3c4b5a69788796a5b4c3d2e1f0")),
    }
}

fn leaks(body: &str) -> Vec<&'static str> {
    watch().leaks(body).into_iter().map(Leak::as_str).collect()
}

#[test]
fn every_pattern_compiles() {
    for (leak, patterns) in PATTERNS {
        for pattern in patterns {
            assert!(compile(pattern).is_some(), "{leak:?}: {pattern}");
        }
    }
}

#[test]
fn traces_of_common_servers_are_seen() {
    for (body, kinds) in [
        (
            "Traceback (most recent call last):\n  File \"/srv/app/hook.py\", line 12, in do_POST",
            vec!["trace", "path"],
        ),
        (
            "<pre>Error: no uid<br> &nbsp; &nbsp;at handle (/srv/app/hook.js:30:11)</pre>",
            vec!["trace", "path"],
        ),
        (
            r#"{"error":"x","stack":"Error: x\n    at Object.<anonymous> (/app/index.js:3:9)"}"#,
            vec!["trace", "path"],
        ),
        ("java.lang.NullPointerException\n\tat co.lender.Hook.post(Hook.java:41)", vec!["trace"]),
        ("   at Lender.Hook.Post() in C:\\src\\Hook.cs:line 12", vec!["trace", "path"]),
        ("goroutine 34 [running]:\nmain.hook()\n\t/go/src/hook.go:12 +0x1d", vec!["trace", "path"]),
        ("thread 'main' panicked at src/hook.rs:3:5", vec!["trace"]),
        ("<b>Warning</b>: Undefined array key in <b>/var/www/hook.php</b>", vec!["trace", "path"]),
        ("app/hook.rb:12:in `call'", vec!["trace"]),
    ] {
        assert_eq!(leaks(body), kinds, "{body}");
    }
}

#[test]
fn databases_keys_and_debug_pages_are_seen() {
    let private = concat!("-----BEGIN RSA PRIV", "ATE KEY-----");
    for (body, kinds) in [
        ("SQLSTATE[23505]: Unique violation", vec!["sql"]),
        ("duplicate key value violates unique constraint \"scores_pkey\"", vec!["sql"]),
        ("INSERT INTO scores (uid, score) VALUES ($1, $2)", vec!["sql"]),
        ("near: SELECT id FROM scores WHERE uid = 'x'", vec!["sql"]),
        ("wrong key: k3y-9f8e7d6c5b", vec!["key"]),
        ("connected with hunter-2-hunter", vec!["key"]),
        (private, vec!["key"]),
        (r#"{"env":{"DB_PASSWORD":"correct-horse"}}"#, vec!["key"]),
        ("expected 0f1e2d3c4b5a69788796a5b4c3d2e1f0", vec!["signature"]),
        ("you see this because <code>DEBUG = True</code>", vec!["debug-page"]),
    ] {
        assert_eq!(leaks(body), kinds, "{body}");
    }
}

#[test]
fn plain_refusals_leak_nothing() {
    for body in [
        "",
        "{}",
        r#"{"detail":"Validation Failure"}"#,
        r#"{"error":"invalid signature"}"#,
        "<pre>Cannot GET /begini/hook</pre>",
        r#"{"path":"/api/v1/webhooks/begini","status":404,"error":"Not Found"}"#,
        r#"{"detail":[{"loc":["body","uid"],"msg":"field required"}]}"#,
        "please select a type from the list",
        "look at https://docs.lender.co.ke/webhooks.html at 10:30:12",
        r#"{"type":"https://tools.ietf.org/html/rfc7231#section-6.5.1","traceId":"00-1a2b"}"#,
        "Unexpected token } in JSON at position 93",
        "the secret is not set",
    ] {
        assert_eq!(leaks(body), Vec::<&str>::new(), "{body}");
    }
}
