"""Reports as an OData 4.0 feed: a table for each form, which Excel and Power BI open and keep current by themselves."""
