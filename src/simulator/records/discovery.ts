/** A namespace of Cloud Map as it is shown, with its VPC and tags. */
export interface Namespace {
  readonly Id: string;
  readonly Arn: string;
  readonly Name: string;
  readonly Type: string;
  readonly Vpc?: string;
  readonly Description?: string;
  readonly CreateDate?: number;
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
}

/** A service of Cloud Map as it is shown, with its tags. */
export interface DiscoveryService {
  readonly Id: string;
  readonly Arn: string;
  readonly Name: string;
  readonly NamespaceId: string;
  readonly Type: string;
  readonly Description?: string;
  readonly DnsConfig?: { readonly DnsRecords: readonly { readonly Type: string; readonly TTL: number }[] };
  readonly CreateDate: number;
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
}
