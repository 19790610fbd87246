-- Of the calls of tools and models, most of all events, the few that failed.
CREATE INDEX event_failed_call ON DomainEventEntry (payloadType)
WHERE CASE WHEN payloadType IN ('agent:tool-called', 'agent:model-called') AND json_valid(payload)
           THEN json_extract(payload, '$.error') END IS NOT NULL;
