import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  parseSearchWith,
  redirect,
  retainSearchParams,
  stringifySearchWith,
  type SearchSchemaInput,
} from '@tanstack/react-router'
import { isRegion } from './api/contract/regions.ts'
import { CrashPage } from './components/layout/crash-page.tsx'
import { Layout } from './components/layout/layout.tsx'
import { NotFoundPage } from './components/layout/not-found-page.tsx'
import { withMessages } from './i18n/spoken.ts'
import {
  readExplainSearch,
  readKeyAccessSearch,
  type ExplainSearch,
  type KeyAccessSearch,
} from './pages/access/access-search.ts'
import { readRequestsSearch, type RequestsSearch } from './pages/activity/requests-search.ts'
import { readHealthSearch, type HealthSearch } from './pages/instances/health/health-search.ts'
import {
  readInstanceSearch,
  readInstancesSearch,
  type InstanceSearch,
  type InstancesSearch,
} from './pages/instances/instances-search.ts'
import { readActivitySearch, type ActivitySearch } from './pages/keys/activity/activity-search.ts'
import { readKeySearch, type KeySearch } from './pages/keys/key-search.ts'
import { readPolicySearch, type PolicySearch } from './pages/keys/policy/policy-search.ts'
import { lastRegion } from './preferences/recent-regions.ts'

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  /** What becomes of a page when the region changes. */
  interface StaticDataRouteOption {
    /** Search parameters that mean the same in every region; the rest is dropped. */
    readonly keptAcrossRegions?: readonly string[]
    /** Where to go instead, if what the page shows exists in one region only. */
    readonly regionHome?: '/keys' | '/instances'
  }
}

const rootRoute = createRootRoute({
  validateSearch: (raw: { region?: string } & SearchSchemaInput): { region: string } => ({
    region: isRegion(String(raw.region)) ? String(raw.region) : lastRegion(),
  }),
  search: { middlewares: [retainSearchParams(['region'])] },
  component: Layout,
  notFoundComponent: NotFoundPage,
  errorComponent: CrashPage,
})

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: ({ search }) => {
    redirect({ to: '/keys', search, replace: true, throw: true })
  },
})

const keysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/keys',
  validateSearch: (raw: KeySearch & SearchSchemaInput): KeySearch => readKeySearch({ ...raw }),
  staticData: { keptAcrossRegions: ['tab', 'size', 'state', 'spec', 'usage'] },
  component: lazyRouteComponent(() => import('./pages/keys/keys-page.tsx'), 'KeysPage'),
})

const keyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/keys/$keyId',
  validateSearch: (raw: ActivitySearch & SearchSchemaInput): ActivitySearch => readActivitySearch({ ...raw }),
  staticData: { regionHome: '/keys' },
  component: lazyRouteComponent(
    () => withMessages(['details', 'labels', 'life', 'policy', 'tryit'], import('./pages/keys/key-page.tsx')),
    'KeyPage',
  ),
})

const policyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/keys/$keyId/policy',
  validateSearch: (raw: PolicySearch & SearchSchemaInput): PolicySearch => readPolicySearch({ ...raw }),
  staticData: { regionHome: '/keys' },
  component: lazyRouteComponent(
    () => withMessages(['policy', 'policyeditor'], import('./pages/keys/policy/policy-page.tsx')),
    'PolicyPage',
  ),
})

const instancesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/instances',
  validateSearch: (raw: InstancesSearch & SearchSchemaInput): InstancesSearch => readInstancesSearch({ ...raw }),
  staticData: { keptAcrossRegions: ['type'] },
  component: lazyRouteComponent(
    () => withMessages(['instances'], import('./pages/instances/instances-page.tsx')),
    'InstancesPage',
  ),
})

const instanceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/instances/$instanceId',
  validateSearch: (raw: InstanceSearch & SearchSchemaInput): InstanceSearch => readInstanceSearch({ ...raw }),
  staticData: { regionHome: '/instances' },
  component: lazyRouteComponent(
    () => withMessages(['instances'], import('./pages/instances/instance-page.tsx')),
    'InstancePage',
  ),
})

const healthRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/instances/$instanceId/health',
  validateSearch: (raw: HealthSearch & SearchSchemaInput): HealthSearch => readHealthSearch({ ...raw }),
  staticData: { regionHome: '/instances' },
  component: lazyRouteComponent(
    () => withMessages(['instances'], import('./pages/instances/health/health-page.tsx')),
    'HealthPage',
  ),
})

const keyAccessRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/keys/$keyId/access',
  validateSearch: (raw: KeyAccessSearch & SearchSchemaInput): KeyAccessSearch => readKeyAccessSearch({ ...raw }),
  staticData: { regionHome: '/keys' },
  component: lazyRouteComponent(
    () => withMessages(['access', 'policy'], import('./pages/access/key-access-page.tsx')),
    'KeyAccessPage',
  ),
})

const explainRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/access',
  validateSearch: (raw: ExplainSearch & SearchSchemaInput): ExplainSearch => readExplainSearch({ ...raw }),
  staticData: { keptAcrossRegions: ['principal', 'permission', 'ask', 'ip', 'tls', 'at'] },
  component: lazyRouteComponent(
    () => withMessages(['access', 'policy'], import('./pages/access/explain-page.tsx')),
    'ExplainPage',
  ),
})

/** Both pages at once: who opens one looks at the other. */
const loadRequests = () => withMessages(['requests'], import('./pages/activity/activity-page.tsx'))

const activityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/activity',
  validateSearch: (raw: RequestsSearch & SearchSchemaInput): RequestsSearch => readRequestsSearch({ ...raw }),
  component: lazyRouteComponent(loadRequests, 'ActivityPage'),
})

const requestRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/activity/$requestId',
  component: lazyRouteComponent(loadRequests, 'RequestPage'),
})

const keyManagerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/key-manager',
  component: lazyRouteComponent(
    () => withMessages(['manager'], import('./pages/key-manager/key-manager-page.tsx')),
    'KeyManagerPage',
  ),
})

const managerKeyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/key-manager/$externalKeyId',
  component: lazyRouteComponent(
    () => withMessages(['manager'], import('./pages/key-manager/manager-key-page.tsx')),
    'ManagerKeyPage',
  ),
})

const basepath = import.meta.env.BASE_URL

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    keysRoute,
    keyRoute,
    policyRoute,
    keyAccessRoute,
    explainRoute,
    activityRoute,
    requestRoute,
    instancesRoute,
    instanceRoute,
    healthRoute,
    keyManagerRoute,
    managerKeyRoute,
  ]),
  basepath,
  // `?state=Enabled,Disabled` rather than JSON: addresses are read, shared and written by hand.
  parseSearch: parseSearchWith((text) => text),
  stringifySearch: stringifySearchWith(String),
  defaultErrorComponent: CrashPage,
  defaultNotFoundComponent: NotFoundPage,
  // What no route knows (a scenario that was loaded, a mistyped filter) leaves the address.
  search: { strict: true },
  defaultPreload: 'intent',
  scrollRestoration: true,
})

/** Loads the code of the page in the address bar, before the router starts. */
export async function preloadPage(): Promise<void> {
  const { pathname } = location
  const path = `/${pathname.slice(basepath.length)}`
  const [, , route] = router.getMatchedRoutes(path === '/' ? '/keys' : path)
  await route?.options.component?.preload?.()
}
