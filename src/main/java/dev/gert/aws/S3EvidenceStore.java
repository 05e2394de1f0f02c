package dev.gert.aws;

import dev.gert.verify.EvidenceStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/** Bundles in S3: with a SHA-256 that S3 checks, tags, a lock where one is asked for, and never over another. */
public final class S3EvidenceStore implements EvidenceStore {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final int ALREADY_THERE = 412;
    private static final int AT_THE_SAME_TIME = 409;

    @Override
    public boolean keep(Parcel parcel) throws UnkeptException {
        URI place = URI.create(parcel.place());
        String bucket = place.getHost();
        String key = place.getPath().substring(1);
        try (S3Client client = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE))
                .build()) {
            return put(client, bucket, key, parcel);
        } catch (SdkException e) {
            throw unkept(e, bucket);
        }
    }

    private static boolean put(S3Client client, String bucket, String key, Parcel parcel) throws UnkeptException {
        String checksum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(parcel.sha256()));
        List<Tag> tags = new ArrayList<>();
        parcel.tags()
                .forEach((name, value) ->
                        tags.add(Tag.builder().key(name).value(value).build()));
        PutObjectRequest.Builder put = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType("application/zip")
                .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                .checksumSHA256(checksum)
                .tagging(Tagging.builder().tagSet(tags).build())
                .ifNoneMatch("*");
        if (parcel.lock() != null) {
            put.objectLockMode(ObjectLockMode.fromValue(parcel.lock().toUpperCase(Locale.ROOT)))
                    .objectLockRetainUntilDate(Instant.now().plus(parcel.keepDays(), ChronoUnit.DAYS));
        }
        try {
            client.putObject(put.build(), RequestBody.fromFile(parcel.bundle()));
            return true;
        } catch (AwsServiceException e) {
            if (e.statusCode() != ALREADY_THERE && e.statusCode() != AT_THE_SAME_TIME) {
                throw e;
            }
            String there = client.headObject(HeadObjectRequest.builder()
                            .bucket(bucket)
                            .key(key)
                            .checksumMode(ChecksumMode.ENABLED)
                            .build())
                    .checksumSHA256();
            if (!checksum.equals(there)) {
                throw new UnkeptException(
                        "another bundle has that name already, and is not replaced",
                        "compare the two: one of them is not of this journal as it is now");
            }
            return false;
        }
    }

    private static UnkeptException unkept(SdkException e, String bucket) {
        if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
            String code = String.valueOf(service.awsErrorDetails().errorCode());
            String said = code + ": " + service.awsErrorDetails().errorMessage();
            return switch (code) {
                case "AccessDenied" ->
                    new UnkeptException(
                            said,
                            "the identity needs s3:PutObject, s3:PutObjectTagging, s3:GetObject and, for a lock,"
                                    + " s3:PutObjectRetention on arn:aws:s3:::" + bucket + "/*");
                case "NoSuchBucket" -> new UnkeptException(said, "make the bucket, or name another");
                case "InvalidRequest" ->
                    new UnkeptException(said, "a lock needs a bucket that was made with Object Lock");
                case "ExpiredToken", "ExpiredTokenException" -> new UnkeptException(said, "log in again");
                default -> new UnkeptException(said, "");
            };
        }
        String message = String.valueOf(e.getMessage());
        int line = message.indexOf('\n');
        String first = line < 0 ? message : message.substring(0, line);
        String help = first.contains("credentials")
                ? "`aws sso login`, or AWS_PROFILE, gives credentials"
                : first.contains("region") ? "AWS_REGION names the region" : "";
        return new UnkeptException(first, help);
    }
}
