/// Staging: built with `--flavor staging`.
class Config {
  static const String name = 'staging';
  static const bool debug = true;
  static const bool isTestMode = true;
  static const String supportUrl = 'https://staging.bodapay.ng/help';
}
