use super::*;

fn hosts() -> Vec<HostPattern> {
    vec![HostPattern::new("api.begini.co"), HostPattern::new("*.sandbox.pay.com/v1")]
}

fn ask(url: &str) -> Result<Target, Refusal> {
    admit(&Filled::open(url), Rule::Provider(&hosts()), &[])
}

fn receiver(url: &str, allows_private: bool) -> Result<Target, Refusal> {
    let url = Filled::hidden("begini/webhook-url", Secret::new(url));
    admit(&url, Rule::Receiver { allows_private }, &[])
}

#[test]
fn the_hosts_of_the_pack_may_be_asked() {
    for url in [
        "https://api.begini.co/v1/x?y#z",
        "https://API.begini.co./v1",
        "https://api.begini.co:443/",
    ] {
        let target = ask(url).unwrap();
        assert_eq!(target.url.host_str(), Some("api.begini.co"), "{url}");
        assert_eq!(target.url.fragment(), None);
    }
    assert!(ask("https://m1.sandbox.pay.com/v1/x").is_ok());
}

#[test]
fn hostile_urls_are_refused_and_say_why() {
    let cases = [
        ("http://api.begini.co/", "only https is asked, and this is http"),
        ("file:///etc/passwd", "only https is asked, and this is file"),
        ("https://api.begini.co@evil.com/", "the URL holds a user name or a password"),
        ("https://@api.begini.co/", "the URL holds a user name or a password"),
        ("https://user:x@api.begini.co/", "the URL holds a user name or a password"),
        ("https://api.begini.co.evil.com/", "api.begini.co.evil.com is none of the hosts"),
        ("https://evilapi.begini.co/", "evilapi.begini.co is none of the hosts"),
        ("https://begini.co/", "begini.co is none of the hosts"),
        ("https://xsandbox.pay.com/v1", "xsandbox.pay.com is none of the hosts"),
        ("https://m1.sandbox.pay.com/v2", "m1.sandbox.pay.com is none of the hosts"),
        ("https://m1.sandbox.pay.com/v1/../v2", "m1.sandbox.pay.com is none of the hosts"),
        ("https://аpi.begini.co/", "the host is written with letters"),
        ("https://xn--pi-6kc.begini.co/", "the host is written with letters"),
        ("https://api.begini.co:8443/", "port 8443 is not the default port"),
        ("https://api.begini.co\\@evil.com/", "this is no URL"),
        ("https://api.begini.co/\r\nHost: evil.com", "this is no URL"),
        ("https://\tapi.begini.co/", "this is no URL"),
        ("https://", "this is no URL"),
        ("api.begini.co/v1", "this is no URL"),
        ("https://169.254.169.254/latest", "169.254.169.254 is a cloud metadata address"),
        ("https://0x7f.1/", "127.0.0.1 is a loopback address"),
        ("https://0177.0.0.1/", "127.0.0.1 is a loopback address"),
        ("https://2130706433/", "127.0.0.1 is a loopback address"),
        ("https://[::ffff:127.0.0.1]/", "[::ffff:7f00:1] is a loopback address"),
        ("https://[64:ff9b::a00:1]/", "[64:ff9b::a00:1] is a private address"),
        ("https://[2002:7f00:1::]/", "[2002:7f00:1::] is a loopback address"),
        ("https://①②⑦.0.0.1/", "127.0.0.1 is a loopback address"),
        ("https://1.1.1.1/", "1.1.1.1 is none of the hosts"),
    ];
    for (url, expected) in cases {
        let refusal = ask(url).unwrap_err().to_string();
        assert!(refusal.starts_with(expected), "{url}: {refusal}");
    }
}

#[test]
fn a_refusal_shows_no_secret() {
    let key = Secret::new("https://k3y-9f8e7d.evil.com/");
    let text = Filled::hidden("begini/base-url", key);
    let refusal = admit(&text, Rule::Provider(&hosts()), &[]).unwrap_err();
    assert!(matches!(refusal, Refusal::Host(_)));
    let pieces = Filled(
        [
            Filled::open("https://").0,
            Filled::hidden("begini/api-key", Secret::new("k3y-9f8e7d")).0,
            Filled::open(".evil.com").0,
        ]
        .concat(),
    );
    let refusal = admit(&pieces, Rule::Provider(&hosts()), &[]).unwrap_err().to_string();
    assert!(!refusal.contains("9f8e7d"), "{refusal}");
}

#[test]
fn one_private_address_refuses_all() {
    let target = ask("https://api.begini.co/").unwrap();
    let public: IpAddr = "1.1.1.1".parse().unwrap();
    let private: IpAddr = "10.0.0.1".parse().unwrap();
    assert_eq!(target.pin(vec![public]).unwrap(), [SocketAddr::new(public, 443)]);
    let refusal = target.pin(vec![public, private]).unwrap_err();
    assert_eq!(refusal.to_string(), "api.begini.co is a private address");
}

#[test]
fn a_receiver_is_private_only_when_the_grant_names_it() {
    let local: IpAddr = "127.0.0.1".parse().unwrap();
    assert!(receiver("https://127.0.0.1:8443/hook", false).is_err());
    assert!(receiver("http://hooks.lender.co.ke/", false).is_err());
    assert!(receiver("https://u@localhost/", true).is_err());
    let target = receiver("http://localhost:3000/hook/9f8e7d6c", true).unwrap();
    assert_eq!(target.origin.to_string(), "http://localhost:3000");
    assert!(target.pin(vec![local]).is_ok());
    assert!(target.pin(vec!["1.1.1.1".parse().unwrap()]).is_err(), "plain http in public");
    assert!(target.check("169.254.169.254".parse().unwrap()).is_err());
    let strict = receiver("https://hooks.lender.co.ke/x", false).unwrap();
    assert!(strict.pin(vec![local]).is_err());
}

#[test]
fn connect_is_read_and_redirects_are_compared() {
    let connect: Connect = "API.begini.co=127.0.0.1:8443".parse().unwrap();
    let target = admit(
        &Filled::open("https://api.begini.co/v1"),
        Rule::Provider(&hosts()),
        std::slice::from_ref(&connect),
    )
    .unwrap();
    assert_eq!(target.connect, Some("127.0.0.1:8443".parse().unwrap()));
    for wrong in ["api.begini.co", "=127.0.0.1:1", "a=b:1", "a=127.0.0.1", "a:1=127.0.0.1:1"] {
        assert!(wrong.parse::<Connect>().is_err(), "{wrong}");
    }
    assert!(target.stays("/v2") && target.stays("https://api.begini.co/x"));
    for elsewhere in
        ["https://evil.com/", "//evil.com/", "http://api.begini.co/", "https://api.begini.co:8443/"]
    {
        assert!(!target.stays(elsewhere), "{elsewhere}");
    }
}
