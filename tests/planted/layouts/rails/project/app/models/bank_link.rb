class BankLink < ApplicationRecord
  belongs_to :chama

  encrypts :access_token

  def refresh!
    PLAID.transactions_sync(Plaid::TransactionsSyncRequest.new(access_token: access_token))
  end
end
