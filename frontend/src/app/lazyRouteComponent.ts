import { lazyRouteComponent as lazyComponent } from '@tanstack/react-router'
import { programPart } from '../shared/http/programPart'

/**
 * The router's lazyRouteComponent, for a page with its texts. The router loads the whole address anew when a file is
 * missing; without a connection, where the browser's own error page would come up, it does not.
 */
export const lazyRouteComponent: typeof lazyComponent = (importer, exportName) =>
  lazyComponent(() => programPart(importer), exportName)
