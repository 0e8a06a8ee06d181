-- The rows kept out of the account, as published.
select
    file_name,
    sheet,
    row_number,
    code,
    field,
    found,
    message_zh,
    message_en,
    row_text,
    file_sha256
from marts.fct_quarantine
order by file_name, sheet, row_number
