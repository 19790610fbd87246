-- What agents call, and tasks that are cancelled, were events of no known type: what is here is made anew from the log.
UPDATE ViewOf SET ledgerId = 'none';
