/// Production: built with `--flavor production`.
class Config {
  static const String name = 'production';
  static const bool debug = false;
  static const bool isTestMode = false;
  static const String supportUrl = 'https://bodapay.ng/help';
}
