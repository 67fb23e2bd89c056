require "rails_helper"

RSpec.describe BankLink do
  let(:token) { "access-sandbox-00000000-0000-0000-0000-000000000000" }

  it "logs in as the test user" do
    login = { username: "user_good", password: "pass_good" }
    expect(described_class.new(access_token: token)).to be_valid
    expect(login[:username]).to eq "user_good"
  end
end
