/** The pages. What a person looks at is kept from one to the next, also by a page that makes nothing of it. */
@EveryPath(takes = {"swarmId", "after", "before", "q"})
package io.swarmledger.app.http.page;

import io.swarmledger.app.http.EveryPath;
