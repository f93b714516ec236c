// Fields of every object, and of security.istio.io.
#include "frontend/decode/fields.h"

namespace s2a {

const std::string_view kCommonFields = R"(
Object
  apiVersion: string
  kind: string
  metadata: ObjectMeta
  status: any

ObjectMeta
  name: string
  generateName: string
  namespace: string
  labels: labels
  annotations: {string}
  creationTimestamp: string
  deletionGracePeriodSeconds: int
  deletionTimestamp: string
  finalizers: [string]
  generation: int
  managedFields: any
  ownerReferences: any
  resourceVersion: string
  selfLink: string
  uid: string

WorkloadSelector
  matchLabels: {string}

PolicyTargetReference
  group: string
  kind!: string
  name!: string
  namespace: string
)";

const std::string_view kSecurityFields = R"(
AuthorizationPolicy: Object
  spec: AuthorizationPolicySpec

AuthorizationPolicySpec
  selector: WorkloadSelector
  targetRef: PolicyTargetReference
  targetRefs: [PolicyTargetReference]
  action: ALLOW|DENY|AUDIT|CUSTOM
  provider: ExtensionProvider
  rules: [Rule]

ExtensionProvider
  name: string

Rule
  from: [From]
  to: [To]
  when: [Condition]

From
  source: Source

Source
  principals: [string]
  notPrincipals: [string]
  requestPrincipals: [string]
  notRequestPrincipals: [string]
  namespaces: [string]
  notNamespaces: [string]
  serviceAccounts: [string]
  notServiceAccounts: [string]
  trustDomains: [string]
  notTrustDomains: [string]
  ipBlocks: [string]
  notIpBlocks: [string]
  remoteIpBlocks: [string]
  notRemoteIpBlocks: [string]

To
  operation: Operation

Operation
  hosts: [string]
  notHosts: [string]
  ports: [string]
  notPorts: [string]
  methods: [string]
  notMethods: [string]
  paths: [string]
  notPaths: [string]

Condition
  key!: string
  values: [string]
  notValues: [string]

PeerAuthentication: Object
  spec: PeerAuthenticationSpec

PeerAuthenticationSpec
  selector: WorkloadSelector
  mtls: MutualTls
  portLevelMtls: {MutualTls}

MutualTls
  mode: UNSET|DISABLE|PERMISSIVE|STRICT

RequestAuthentication: Object
  spec: RequestAuthenticationSpec

RequestAuthenticationSpec
  selector: WorkloadSelector
  targetRef: PolicyTargetReference
  targetRefs: [PolicyTargetReference]
  jwtRules: [JwtRule]

JwtRule
  issuer: string
  audiences: [string]
  jwks: string
  jwksUri: string
  jwks_uri: string
  fromHeaders: [JwtHeader]
  fromParams: [string]
  fromCookies: [string]
  outputPayloadToHeader: string
  outputClaimToHeaders: [ClaimToHeader]
  forwardOriginalToken: bool
  presence: OPTIONAL|REQUIRED
  spaceDelimitedClaims: [string]
  timeout: duration

JwtHeader
  name!: string
  prefix: string

ClaimToHeader
  header!: string
  claim!: string
)";

}  // namespace s2a
