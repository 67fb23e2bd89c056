Rails.application.config.content_security_policy do |policy|
  policy.default_src :self
  policy.connect_src :self, "https://sandbox.plaid.com", "https://production.plaid.com"
  policy.frame_src "https://cdn.plaid.com"
end
